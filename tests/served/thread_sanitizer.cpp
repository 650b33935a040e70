// SPDX-License-Identifier: BSL-1.0

//! @file
//! What ThreadSanitizer is told of Poco's server.

//! Of two threads that hold a socket, the one that accepted it and the one that serves it, the last
//! frees it. Poco counts them with an atomic in its library, which is not instrumented: to free it
//! would be called a race with what the other thread did before. So what is freed or copied by
//! functions of the C library is not looked at in this program.
extern "C" char const* __tsan_default_options()
{
    return "ignore_interceptors_accesses=1";
}
