#include "relay/connections.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <vector>

#include "base/fault.h"
#include "relay/limits.h"

namespace tocsin::relay {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

// The usual soft limit, 1,024, would be full of phones; only the hard one is meant to bind.
std::size_t connections_allowed(std::size_t asked) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return asked;
  rlimit raised = limit;
  raised.rlim_cur = raised.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  if (limit.rlim_cur == RLIM_INFINITY) return asked;
  const auto most = static_cast<std::size_t>(limit.rlim_cur);
  const std::size_t spare = limits::kSpareDescriptors;
  return std::min(asked, most > 2 * spare ? most - spare : most / 2);
}

}  // namespace

Connections::Connections(asio::io_context& io, Service& service, const limits::Patience& patience,
                         Counters& counters)
    : io_(io),
      service_(service),
      patience_(patience),
      counters_(counters),
      acceptor_(io),
      accept_timer_(io),
      sweep_timer_(io) {}

void Connections::listen(const std::string& address, std::uint16_t port, std::size_t most,
                         const Tls* tls) {
  tls_ = tls;
  error_code error;
  const asio::ip::tcp::endpoint endpoint{asio::ip::make_address(address, error), port};
  if (!error) acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address{true}, error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(4'096, error);
  if (error)
    throw base::Fault(base::Exit::fault,
                      fmt::format("cannot listen on {}:{}: {}", address, port, error.message()),
                      "another program may have the port; choose one with --listen ADDRESS:PORT");
  port_ = acceptor_.local_endpoint().port();
  most_ = connections_allowed(most);
  accept();
  sweep();
}

void Connections::accept() {
  acceptor_.async_accept(io_, [this](const error_code& error, Socket socket) {
    if (error == asio::error::operation_aborted || draining_) return;
    if (error) {  // out of descriptors: try again when some may have been given back
      accept_timer_.expires_after(std::chrono::milliseconds{100});
      accept_timer_.async_wait([this](const error_code& cancelled) {
        if (!cancelled) accept();
      });
      return;
    }
    if (all_.size() < most_ || make_room()) {
      const auto connection = std::make_shared<Connection>(std::move(socket), tls_, *this);
      all_.insert(connection);
      connection->start();
      ++counters_.accepted;
    } else {
      ++counters_.turned_away;
    }
    accept();
  });
}

// Whoever has been idle longest goes first, so that connections nobody uses keep nobody out.
bool Connections::make_room() {
  Ref oldest;
  for (const Ref& connection : all_)
    if (connection->idle_since() >= 0 &&
        (!oldest || connection->idle_since() < oldest->idle_since()))
      oldest = connection;
  if (oldest) oldest->close();
  return oldest != nullptr;
}

void Connections::sweep() {
  const double now = seconds();
  std::vector<Ref> late;  // ending one takes it out of the set
  for (const Ref& connection : all_)
    if (connection->is_late(now)) late.push_back(connection);
  for (const Ref& connection : late) {
    counters_.timed_out += connection->is_at_fault() ? 1 : 0;
    connection->end_late(now);
  }
  sweep_timer_.expires_after(limits::kBetweenSweeps);
  sweep_timer_.async_wait([this](const error_code& cancelled) {
    if (!cancelled) sweep();
  });
}

void Connections::drain() {
  draining_ = true;
  error_code ignored;
  acceptor_.close(ignored);
  accept_timer_.cancel();
  const std::vector<Ref> all{all_.begin(), all_.end()};
  for (const Ref& connection : all)
    if (connection->idle_since() >= 0) connection->close();
}

bool Connections::claim(std::size_t bytes) {
  if (bodies_ + bytes > limits::kMostBodies) return false;
  bodies_ += bytes;
  return true;
}

void Connections::on_close(Connection& connection) {
  service_.on_close(connection);
  all_.erase(connection.shared_from_this());
}

}  // namespace tocsin::relay
