// SPDX-License-Identifier: BSL-1.0

#include "door.hpp"

#include "reception.hpp"

#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerConnection.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/Timespan.h>

#include <utility>

#include <sys/socket.h>

namespace etcdpp::examples {

namespace {

class Receptions : public Poco::Net::HTTPRequestHandlerFactory {
public:
    Receptions(LiveWorld& world, std::size_t member) : world_{&world}, member_{member} {}

    Poco::Net::HTTPRequestHandler* createRequestHandler(
        Poco::Net::HTTPServerRequest const&) override
    {
        return new Reception{*world_, member_};  // the caller's
    }

private:
    LiveWorld* world_;
    std::size_t member_;
};

//! What each connection through one door needs, for as long as the last one lasts.
struct Manners {
    Poco::Net::HTTPServerParams::Ptr parameters;
    Poco::Net::HTTPRequestHandlerFactory::Ptr receptions;
    std::shared_ptr<Guests> guests;
};

class Visit : public Poco::Net::HTTPServerConnection {
public:
    Visit(Poco::Net::StreamSocket const& socket, Manners const& manners)
        : HTTPServerConnection{socket, manners.parameters, manners.receptions},
          guests_{manners.guests}
    {
        guests_->enter(socket);
    }

    ~Visit() override { guests_->leave(socket()); }

private:
    std::shared_ptr<Guests> guests_;
};

class Visits : public Poco::Net::TCPServerConnectionFactory {
public:
    explicit Visits(Manners manners) : manners_{std::move(manners)} {}

    Poco::Net::TCPServerConnection* createConnection(Poco::Net::StreamSocket const& socket) override
    {
        return new Visit{socket, manners_};  // the caller's
    }

private:
    Manners manners_;
};

//! As etcd's: a client may keep its connection for as long as it likes.
Poco::Net::HTTPServerParams::Ptr parameters()
{
    auto parameters = Poco::Net::HTTPServerParams::Ptr{new Poco::Net::HTTPServerParams};
    parameters->setMaxThreads(Door::most_connections);
    parameters->setMaxQueued(1000);
    parameters->setKeepAlive(true);
    parameters->setMaxKeepAliveRequests(0);
    parameters->setKeepAliveTimeout(Poco::Timespan{Poco::Timespan::HOURS});
    return parameters;
}

}  // namespace

void Door::open()
{
    if (is_open()) { return; }
    guests_ = std::make_shared<Guests>();
    socket_ = house_->tls.isNull() ? port_->listen() : port_->listen(house_->tls);
    auto const manners = Manners{parameters(),
        Poco::Net::HTTPRequestHandlerFactory::Ptr{new Receptions{house_->world, member_}}, guests_};
    server_ = std::make_unique<Poco::Net::TCPServer>(
        Poco::Net::TCPServerConnectionFactory::Ptr{new Visits{manners}}, house_->threads, socket_,
        manners.parameters);
    server_->start();
}

void Door::shut()
{
    if (!is_open()) { return; }
    // The thread that accepts waits for a quarter of a second at a time: this wakes it.
    ::shutdown(socket_.impl()->sockfd(), SHUT_RDWR);
    server_->stop();
    server_.reset();
    socket_ = Poco::Net::ServerSocket{};
    guests_->expel();
}

}  // namespace etcdpp::examples
