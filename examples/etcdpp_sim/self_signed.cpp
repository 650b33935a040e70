// SPDX-License-Identifier: BSL-1.0

#include "self_signed.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace etcdpp::examples {

namespace {

template <class T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

//! @throws std::runtime_error if a step of OpenSSL failed
void demand(bool done)
{
    if (!done) { throw std::runtime_error{"OpenSSL does not make a certificate for this example"}; }
}

void add_extension(X509& certificate, int kind, char const* value)
{
    auto const made = Owned<X509_EXTENSION>{
        X509V3_EXT_conf_nid(nullptr, nullptr, kind, value), X509_EXTENSION_free};
    demand(made != nullptr && X509_add_ext(&certificate, made.get(), -1) == 1);
}

Owned<X509> certificate_for(EVP_PKEY& key)
{
    constexpr auto a_day = 24L * 60 * 60;
    auto made = Owned<X509>{X509_new(), X509_free};
    demand(made != nullptr);
    auto* const name = X509_get_subject_name(made.get());
    auto const* const text = reinterpret_cast<unsigned char const*>("etcdpp example");
    demand(X509_set_version(made.get(), X509_VERSION_3) == 1
        && ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1) == 1
        && X509_gmtime_adj(X509_getm_notBefore(made.get()), -a_day) != nullptr
        && X509_gmtime_adj(X509_getm_notAfter(made.get()), a_day) != nullptr
        && X509_set_pubkey(made.get(), &key) == 1
        && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0) == 1
        && X509_set_issuer_name(made.get(), name) == 1);
    add_extension(*made, NID_subject_alt_name, "IP:127.0.0.1");
    add_extension(*made, NID_basic_constraints, "critical,CA:TRUE");
    demand(X509_sign(made.get(), &key, EVP_sha256()) != 0);
    return made;
}

Owned<BIO> file(std::string const& path)
{
    auto opened = Owned<BIO>{BIO_new_file(path.c_str(), "w"), BIO_free_all};
    demand(opened != nullptr);
    return opened;
}

}  // namespace

SelfSigned::SelfSigned()
{
    auto pattern = (std::filesystem::temp_directory_path() / "etcdpp-example.XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {  // for this user alone
        throw std::system_error{errno, std::generic_category(), pattern};
    }
    folder_ = pattern;
    auto const key = Owned<EVP_PKEY>{EVP_EC_gen("P-256"), EVP_PKEY_free};
    demand(key != nullptr);
    auto const certificate = certificate_for(*key);
    demand(PEM_write_bio_PrivateKey(
               file(key_file()).get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr)
            == 1
        && PEM_write_bio_X509(file(certificate_file()).get(), certificate.get()) == 1);
}

SelfSigned::~SelfSigned()
{
    auto fault = std::error_code{};
    std::filesystem::remove_all(folder_, fault);
}

}  // namespace etcdpp::examples
