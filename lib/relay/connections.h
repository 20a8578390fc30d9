// All connections of a relay: accepts them, bounds their number and the memory of their bodies,
// ends those that take too long, and drains them when the relay stops. The service decides what to
// answer. Runs on the thread of its io_context.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_set>

#include "base/clock.h"
#include "relay/connection.h"
#include "relay/counters.h"

namespace tocsin::relay {

class Connections final : public Connection::Owner {
 public:
  class Service {
   public:
    virtual ~Service() = default;
    // Must answer, or `wait_until`, or keep the connection and answer later.
    virtual void on_request(const std::shared_ptr<Connection>& connection, Request request) = 0;
    // A long poll has waited as long as it asked to.
    virtual void on_patience_end(Connection& connection) = 0;
    virtual void on_close(Connection& connection) = 0;
  };

  Connections(boost::asio::io_context& io, Service& service, const limits::Patience& patience,
              Counters& counters);

  // Raises the process's limit of open files as far as it may. `tls` is null for plain HTTP, and
  // must outlive the connections. Faults when it cannot bind the address.
  void listen(const std::string& address, std::uint16_t port, std::size_t most, const Tls* tls);
  std::uint16_t port() const noexcept { return port_; }
  // Accepts no more connections. Ends the idle ones now, and the others with their next answer.
  void drain();
  bool are_none() const noexcept { return all_.empty(); }
  std::size_t count() const noexcept { return all_.size(); }
  std::size_t body_bytes() const noexcept { return bodies_; }

  double seconds() const override { return stopwatch_.seconds(); }

 private:
  using Ref = std::shared_ptr<Connection>;

  void on_request(const Ref& connection, Request request) override {
    service_.on_request(connection, std::move(request));
  }
  void on_patience_end(Connection& connection) override { service_.on_patience_end(connection); }
  void on_close(Connection& connection) override;
  void on_answer(int status) override { counters_.count_answer(status); }
  bool claim(std::size_t bytes) override;
  void release(std::size_t bytes) override { bodies_ -= bytes; }
  bool is_last_request() const override { return draining_; }
  const limits::Patience& patience() const override { return patience_; }

  void accept();
  void admit(Socket socket);
  bool make_room();
  void sweep();

  boost::asio::io_context& io_;
  Service& service_;
  const limits::Patience patience_;
  Counters& counters_;
  const Tls* tls_ = nullptr;
  const base::Stopwatch stopwatch_;
  boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, boost::asio::io_context::executor_type>
      acceptor_;
  boost::asio::steady_timer accept_timer_;
  boost::asio::steady_timer sweep_timer_;
  std::unordered_set<Ref> all_;
  std::size_t most_ = 0;
  std::size_t bodies_ = 0;  // bytes
  std::uint16_t port_ = 0;
  bool draining_ = false;
};

}  // namespace tocsin::relay
