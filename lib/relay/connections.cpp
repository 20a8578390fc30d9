#include "relay/connections.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "relay/limits.h"

namespace tocsin::relay {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

// The usual soft limit is 1,024, too few for the phones that wait. It is raised up to the hard
// limit.
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
  if (!error) acceptor_.non_blocking(true, error);
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
  acceptor_.async_accept(io_, [this](error_code error, Socket socket) {
    if (error == asio::error::operation_aborted || draining_) return;
    // Accepts all that have come meanwhile, up to a limit. Accepting one at a time would put all
    // other work of the thread between two of them.
    for (int i = 0; !error; ++i) {
      admit(std::move(socket));
      if (i == limits::kMostAccepts) break;
      acceptor_.accept(socket, error);
    }
    if (!error || error == asio::error::would_block) return accept();
    // Out of descriptors: try again when some may have been closed.
    accept_timer_.expires_after(std::chrono::milliseconds{100});
    accept_timer_.async_wait([this](const error_code& cancelled) {
      if (!cancelled) accept();
    });
  });
}

void Connections::admit(Socket socket) {
  if (all_.size() >= most_ && !make_room()) {
    ++counters_.turned_away;
    return;
  }
  const auto connection = std::make_shared<Connection>(std::move(socket), tls_, *this);
  all_.insert(connection);
  connection->start();
  ++counters_.accepted;
}

// Ends the connections that have been idle longest, then those that are slowest with a request or
// an answer. Ends several at once, so that in a flood not every new connection looks through all of
// them.
bool Connections::make_room() {
  std::vector<Ref> spared;
  for (const Ref& connection : all_)
    if (connection->can_make_room()) spared.push_back(connection);
  const std::size_t enough = std::min(spared.size(), std::max<std::size_t>(1, most_ / 128));
  std::partial_sort(
      spared.begin(), spared.begin() + static_cast<std::ptrdiff_t>(enough), spared.end(),
      [](const Ref& a, const Ref& b) {
        return std::pair{a->is_at_fault(), a->since()} < std::pair{b->is_at_fault(), b->since()};
      });
  spared.resize(enough);
  for (const Ref& connection : spared) {
    counters_.timed_out += connection->is_at_fault() ? 1 : 0;
    connection->close();
  }
  return enough > 0;
}

void Connections::sweep() {
  const double now = seconds();
  std::vector<Ref> late;  // a copy: ending one removes it from the set
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
    if (connection->is_idle()) connection->close();
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
