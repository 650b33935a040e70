// SPDX-License-Identifier: BSL-1.0

#include "control.hpp"

#include "story_text.hpp"
#include <etcdpp/core/cut.hpp>

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/StreamCopier.h>

#include <string>
#include <string_view>

namespace etcdpp::examples {

namespace {

struct Answer {
    int status = 200;
    std::string text = "done\n";
};

std::string help()
{
    return "GET  /leader, /endpoints, /trace\n"
           "POST /members/0/kill, restart, pause, resume, cut_off, elect\n"
           "POST /calm    all is whole again, and no request meets a fault any more\n"
           "POST /faults  one story a line: on=nth_write(3)&do=leader_dies_after_apply\n\n"
        + vocabulary();
}

Answer told(ServedCluster& cluster, std::string_view story)
{
    auto const armed = cluster.befall(story);
    return armed ? Answer{} : Answer{400, std::string{armed.error().words()} + '\n'};
}

Answer no_leader()
{
    return {503, "There is no leader now.\n"};
}

//! `1/kill`
Answer befall_member(ServedCluster& cluster, std::string_view which)
{
    auto const member = detail::cut(which, '/');
    auto const harm = std::string{which};
    if (member == "the_leader" && !cluster.leader()) { return no_leader(); }
    for (auto const& [verb, word] :
        {std::pair{"kill", "kills"}, {"restart", "restarts"}, {"pause", "pauses"},
            {"resume", "resumes"}, {"cut_off", "cuts_off"}, {"elect", "elects"}}) {
        if (harm == verb) {
            return told(cluster, std::string{"do="} + word + '(' + std::string{member} + ')');
        }
    }
    return {400,
        "There is no /members/" + std::string{member} + '/' + harm
            + ". Behind the number: kill, restart, pause, resume, cut_off or elect.\n"};
}

Answer get(ServedCluster& cluster, std::string_view path)
{
    if (path == "/") { return {200, help()}; }
    if (path == "/trace") { return {200, cluster.trace()}; }
    if (path == "/leader") {
        auto const leader = cluster.leader();
        return leader ? Answer{200, std::to_string(*leader) + '\n'} : no_leader();
    }
    if (path == "/endpoints") {
        auto text = std::string{};
        for (auto const& each : cluster.endpoints()) { text += to_string(each) + '\n'; }
        return {200, text};
    }
    return {404, "There is no such path. Those there are:\n\n" + help()};
}

Answer post(ServedCluster& cluster, std::string_view path, std::string_view body)
{
    constexpr auto members = std::string_view{"/members/"};
    if (path == "/faults") { return told(cluster, body); }
    if (path == "/calm") {
        cluster.calm();
        return {};
    }
    if (path.starts_with(members)) { return befall_member(cluster, path.substr(members.size())); }
    return {404, "There is no such path. Those there are:\n\n" + help()};
}

class Desk : public Poco::Net::HTTPRequestHandler {
public:
    explicit Desk(ServedCluster& cluster) : cluster_{&cluster} {}

    void handleRequest(
        Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override
    {
        auto const answer = answer_to(request);
        response.setStatusAndReason(
            static_cast<Poco::Net::HTTPResponse::HTTPStatus>(answer.status));
        response.setContentType("text/plain; charset=utf-8");
        response.sendBuffer(answer.text.data(), answer.text.size());
    }

private:
    Answer answer_to(Poco::Net::HTTPServerRequest& request)
    {
        auto const& path = request.getURI();
        if (request.getMethod() == "GET") { return get(*cluster_, path); }
        if (request.getMethod() != "POST") { return {405, "GET or POST, that is the question.\n"}; }
        auto body = std::string{};
        if (request.hasContentLength() || request.getChunkedTransferEncoding()) {
            Poco::StreamCopier::copyToString(request.stream(), body);
        }
        return post(*cluster_, path, body);
    }

    ServedCluster* cluster_;
};

class Desks : public Poco::Net::HTTPRequestHandlerFactory {
public:
    explicit Desks(ServedCluster& cluster) : cluster_{&cluster} {}

    Poco::Net::HTTPRequestHandler* createRequestHandler(
        Poco::Net::HTTPServerRequest const&) override
    {
        return new Desk{*cluster_};  // the caller's
    }

private:
    ServedCluster* cluster_;
};

Poco::Net::HTTPServerParams::Ptr parameters()
{
    auto parameters = Poco::Net::HTTPServerParams::Ptr{new Poco::Net::HTTPServerParams};
    parameters->setMaxThreads(8);
    parameters->setKeepAlive(false);  // so that no idle connection holds a thread
    return parameters;
}

}  // namespace

Control::Control(ServedCluster& cluster, std::uint16_t port)
    : port_{port}, threads_{1, 8},
      server_{std::make_unique<Poco::Net::HTTPServer>(
          Poco::Net::HTTPRequestHandlerFactory::Ptr{new Desks{cluster}}, threads_, port_.listen(),
          parameters())}
{
    server_->start();
}

Control::~Control()
{
    server_->stopAll(true);
    threads_.joinAll();
}

}  // namespace etcdpp::examples
