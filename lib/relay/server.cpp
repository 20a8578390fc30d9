#include "relay/server.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <variant>

#include "base/fault.h"
#include "base/text.h"
#include "channel/wire.h"
#include "relay/connection.h"
#include "relay/gate.h"
#include "relay/route.h"
#include "relay/store.h"

namespace tocsin::relay {

namespace asio = boost::asio;
using boost::system::error_code;
namespace wire = channel::wire;
using ConnectionRef = std::shared_ptr<Connection>;

namespace {

constexpr std::size_t kMostBodies = 64U << 20;  // bytes under way at once, over all connections
constexpr std::size_t kMostWaitingPerMailbox = 4;
constexpr std::size_t kMostStrangersWaiting = 1'024;
constexpr std::size_t kBusyMailbox = 200'000;
constexpr std::chrono::milliseconds kBetweenSweeps{250};
constexpr double kBetweenExpiries = 60;  // seconds
constexpr base::Milliseconds kLongestLife = std::chrono::days{7};
// Descriptors for the store, the listener and what the program around an embedded relay has open.
constexpr std::size_t kSpareDescriptors = 64;

// The usual soft limit, 1,024, would be full of phones; only the hard one is meant to bind.
std::size_t connections_allowed(std::size_t asked) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return asked;
  rlimit raised = limit;
  raised.rlim_cur = raised.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  if (limit.rlim_cur == RLIM_INFINITY) return asked;
  const auto most = static_cast<std::size_t>(limit.rlim_cur);
  return std::min(asked, most > 2 * kSpareDescriptors ? most - kSpareDescriptors : most / 2);
}

Answer answer_of(const PageFile& file, const Request& request) {
  Answer answer;
  answer.file = &file;
  if (request.known_tag == file.tag) {
    answer.status = 304;
    return answer;
  }
  answer.is_packed = request.unpacks_gzip && !file.packed.empty();
  const auto& content = answer.is_packed ? file.packed : file.content;
  answer.body.assign(content.begin(), content.end());
  return answer;
}

}  // namespace

class Server::Impl final : public Connection::Owner {
 public:
  Impl(ServerSettings settings, const base::Clock& clock)
      : settings_(std::move(settings)),
        clock_(clock),
        store_(settings_.store, settings_.most_store_bytes, clock.now()),
        gate_(settings_.organisations, store_.open_mailboxes(), clock),
        acceptor_(io_),
        sweep_timer_(io_),
        accept_timer_(io_) {
    for (std::string& host : settings_.hosts) host = base::to_lower(host);
    store_.expire(clock.now());
  }
  ~Impl() override { stop(); }

  void start() {
    error_code error;
    const auto address = asio::ip::make_address(settings_.address, error);
    const asio::ip::tcp::endpoint endpoint{address, settings_.port};
    if (!error) acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address{true}, error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(4'096, error);
    if (error)
      throw base::Fault(base::Exit::fault,
                        fmt::format("cannot listen on {}:{}: {}", settings_.address, settings_.port,
                                    error.message()),
                        "another program may have the port; choose one with --listen ADDRESS:PORT");
    port_ = acceptor_.local_endpoint().port();
    most_connections_ = connections_allowed(settings_.most_connections);
    accept();
    sweep();
    thread_ = std::thread([this] { io_.run(); });
  }

  void stop() {
    if (!thread_.joinable()) return;
    asio::post(io_, [this] {
      commit();
      io_.stop();
    });
    thread_.join();
    error_code ignored;
    acceptor_.close(ignored);
  }

  std::uint16_t port() const noexcept { return port_; }
  std::size_t waiting() const noexcept { return waiting_count_.load(); }
  std::string url() const {
    const bool is_v6 = settings_.address.find(':') != std::string::npos;
    return is_v6 ? fmt::format("http://[{}]:{}", settings_.address, port_)
                 : fmt::format("http://{}:{}", settings_.address, port_);
  }

  void on_request(const ConnectionRef& connection, Request request) override;
  void on_patience_end(Connection& connection) override;
  void on_close(Connection& connection) override;
  bool claim(std::size_t bytes) override {
    if (bodies_ + bytes > kMostBodies) return false;
    bodies_ += bytes;
    return true;
  }
  void release(std::size_t bytes) override { bodies_ -= bytes; }
  double seconds() const override { return stopwatch_.seconds(); }

 private:
  struct Job {  // what waits for the next commit
    ConnectionRef connection;
    Caller caller;
    base::Bytes body;                              // the messages point into it
    std::variant<wire::Post, std::uint64_t> work;  // or a cursor to acknowledge
  };
  struct Changes {                     // that take effect once they are durable
    std::vector<seal::KeyId> touched;  // mailboxes that have something new
    std::map<seal::KeyId, OpenMailbox> opened;
  };
  struct Waiter {
    ConnectionRef connection;
    std::uint64_t after = 0;
    bool is_stranger = false;
  };

  void accept();
  bool make_room();
  void sweep();
  void read(const ConnectionRef& connection, const Caller& caller, const AskRead& ask);
  void enqueue(Job job);
  void commit();
  Answer carry_out(const Job& job, Changes& changes);
  void wake(const seal::KeyId& mailbox);
  bool forget_waiter(const Connection& connection);

  asio::io_context io_{1};  // first, so that it outlives every socket
  ServerSettings settings_;
  const base::Clock& clock_;
  const base::Stopwatch stopwatch_;
  Store store_;
  Gate gate_;
  asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type> acceptor_;
  asio::steady_timer sweep_timer_;
  asio::steady_timer accept_timer_;
  std::uint16_t port_ = 0;
  std::size_t most_connections_ = 0;

  std::unordered_set<ConnectionRef> connections_;
  std::map<seal::KeyId, std::vector<Waiter>> waiters_;
  std::unordered_map<const Connection*, seal::KeyId> waits_for_;
  std::size_t strangers_waiting_ = 0;
  std::atomic<std::size_t> waiting_count_{0};
  std::size_t bodies_ = 0;
  std::vector<Job> jobs_;
  bool store_works_ = true;
  double last_expiry_ = 0;
  std::thread thread_;
};

void Server::Impl::accept() {
  acceptor_.async_accept(io_, [this](const error_code& error, Socket socket) {
    if (error == asio::error::operation_aborted) return;
    if (error) {  // out of descriptors: try again when some may have been given back
      accept_timer_.expires_after(std::chrono::milliseconds{100});
      accept_timer_.async_wait([this](const error_code& cancelled) {
        if (!cancelled) accept();
      });
      return;
    }
    if (connections_.size() < most_connections_ || make_room()) {
      const auto connection = std::make_shared<Connection>(std::move(socket), *this);
      connections_.insert(connection);
      connection->start();
    }
    accept();
  });
}

// Whoever has been idle longest goes first, so that connections nobody uses keep nobody out.
bool Server::Impl::make_room() {
  ConnectionRef oldest;
  for (const ConnectionRef& connection : connections_)
    if (connection->idle_since() >= 0 &&
        (!oldest || connection->idle_since() < oldest->idle_since()))
      oldest = connection;
  if (oldest) oldest->close();
  return oldest != nullptr;
}

void Server::Impl::sweep() {
  const double now = seconds();
  std::vector<ConnectionRef> late;  // ending one takes it out of the set
  for (const ConnectionRef& connection : connections_)
    if (connection->is_late(now)) late.push_back(connection);
  for (const ConnectionRef& connection : late) connection->end_late(now);
  if (now - last_expiry_ >= kBetweenExpiries) {
    last_expiry_ = now;
    gate_.tidy();
    try {
      store_.expire(clock_.now());
    } catch (const base::Fault&) {  // readers and healthz learn of it; the next sweep tries again
      store_works_ = false;
    }
  }
  sweep_timer_.expires_after(kBetweenSweeps);
  sweep_timer_.async_wait([this](const error_code& cancelled) {
    if (!cancelled) sweep();
  });
}

void Server::Impl::on_request(const ConnectionRef& connection, Request request) {
  const Route route = route_of(request.method, request.target);
  if (const auto* refusal = std::get_if<Refusal>(&route))
    return connection->answer(answer_of(*refusal));
  if (std::holds_alternative<AskHealth>(route))
    return connection->answer(
        answer_of(store_works_ ? Refusal{200, "ok"} : Refusal{503, "the store cannot be written"}));
  if (!settings_.hosts.empty() && std::find(settings_.hosts.begin(), settings_.hosts.end(),
                                            request.host) == settings_.hosts.end())
    return connection->answer(answer_of({421, "this relay has another name"}));
  if (const auto* page = std::get_if<AskPage>(&route))
    return connection->answer(answer_of(*page->file, request));

  const auto admitted = gate_.admit({request.method, request.host, request.target, request.body},
                                    request.proof, request.certificate);
  if (const auto* refusal = std::get_if<Refusal>(&admitted))
    return connection->answer(answer_of(*refusal));
  const Caller& caller = std::get<Caller>(admitted);
  try {
    if (std::holds_alternative<AskPost>(route)) {
      if (!caller.vouched)
        return connection->answer(answer_of({403, "writing needs a certificate"}));
      auto post = wire::decode_post(request.body);
      if (!post) return connection->answer(answer_of({400, "the body does not decode"}));
      if (post->answers && !gate_.may_open(caller))
        return connection->answer(answer_of({403, "this key opens no mailbox"}));
      return enqueue({connection, caller, std::move(request.body), std::move(*post)});
    }
    const bool is_read = std::holds_alternative<AskRead>(route);
    const seal::KeyId& mailbox =
        is_read ? std::get<AskRead>(route).mailbox : std::get<AskAcknowledge>(route).mailbox;
    if (mailbox != caller.id)
      return connection->answer(answer_of({403, "this key does not read that mailbox"}));
    if (is_read) return read(connection, caller, std::get<AskRead>(route));
    const auto cursor = wire::decode_cursor(request.body);
    if (!cursor) return connection->answer(answer_of({400, "the body does not decode"}));
    enqueue({connection, caller, {}, *cursor});
  } catch (const base::Fault&) {
    store_works_ = false;
    connection->answer(answer_of({507, "the store cannot be used"}));
  }
}

void Server::Impl::read(const ConnectionRef& connection, const Caller& caller, const AskRead& ask) {
  const auto items = store_.read(ask.mailbox, ask.after, clock_.now());
  if (!items.empty() || ask.wait_seconds == 0)
    return connection->answer({200, wire::encode_items(items)});
  const bool is_stranger = !caller.vouched && !gate_.is_open(ask.mailbox);
  if (is_stranger && strangers_waiting_ >= kMostStrangersWaiting)
    return connection->answer(answer_of({429, "too many waiting readers", 10}));
  std::vector<Waiter>& waiters = waiters_[ask.mailbox];
  if (waiters.size() >= kMostWaitingPerMailbox) {
    const ConnectionRef oldest = waiters.front().connection;
    forget_waiter(*oldest);
    oldest->answer(answer_of({429, "another reader of this mailbox came", 5}));
  }
  waiters_[ask.mailbox].push_back({connection, ask.after, is_stranger});
  waits_for_[connection.get()] = ask.mailbox;
  waiting_count_.store(waits_for_.size());
  strangers_waiting_ += is_stranger ? 1 : 0;
  connection->wait_until(seconds() + ask.wait_seconds);
}

// Requests that have arrived by the time the loop comes round share one transaction and one fsync;
// while the disk syncs, the next group gathers in the sockets.
void Server::Impl::enqueue(Job job) {
  jobs_.push_back(std::move(job));
  if (jobs_.size() == 1) asio::post(io_, [this] { commit(); });
}

void Server::Impl::commit() {
  if (jobs_.empty()) return;
  const std::vector<Job> jobs = std::exchange(jobs_, {});
  std::vector<Answer> answers;
  Changes changes;
  answers.reserve(jobs.size());
  try {
    store_.begin();
    for (const Job& job : jobs) answers.push_back(carry_out(job, changes));
    store_.commit();
    store_works_ = true;
  } catch (const base::Fault&) {
    store_.roll_back();
    store_works_ = false;
    changes = {};
    answers.assign(jobs.size(), answer_of({507, "the store cannot be written"}));
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].connection->answer(std::move(answers[i]));
  for (const auto& [mailbox, open] : changes.opened) gate_.opened(mailbox, open);
  for (const seal::KeyId& mailbox : changes.touched) wake(mailbox);
}

Answer Server::Impl::carry_out(const Job& job, Changes& changes) {
  std::vector<seal::KeyId>& touched = changes.touched;
  if (const auto* cursor = std::get_if<std::uint64_t>(&job.work)) {
    for (const seal::KeyId& writer : store_.acknowledge(job.caller.id, *cursor, kBusyMailbox))
      if (touched.empty() || touched.back() != writer) touched.push_back(writer);
    return {204, {}};
  }
  const base::Instant now = clock_.now();
  const auto& post = std::get<wire::Post>(job.work);
  if (post.answers) {
    if (const auto open = gate_.opening(job.caller, *post.answers)) {
      store_.open_mailbox(*post.answers, *open);
      changes.opened[*post.answers] = *open;
    }
  }
  std::vector<wire::Outcome> outcomes;
  outcomes.reserve(post.messages.size());
  for (const wire::Message& message : post.messages) {
    if (!gate_.may_write(job.caller, message.mailbox)) {
      outcomes.push_back(wire::Outcome::not_allowed);
      continue;
    }
    if (message.expires <= now) {
      outcomes.push_back(wire::Outcome::expired);
      continue;
    }
    if (!gate_.spend(job.caller)) {
      outcomes.push_back(wire::Outcome::too_fast);
      continue;
    }
    const Deposit deposit{message.mailbox, message.id,
                          std::min(message.expires, now + kLongestLife), message.envelope,
                          post.answers};
    // What this transaction opens has room already for what it brings.
    const std::size_t capacity =
        changes.opened.contains(message.mailbox) ? kBusyMailbox : gate_.capacity(message.mailbox);
    switch (store_.put(deposit, capacity)) {
      case Kept::stored:
        outcomes.push_back(wire::Outcome::stored);
        touched.push_back(message.mailbox);
        break;
      case Kept::already:
        outcomes.push_back(wire::Outcome::already);
        break;
      case Kept::full:
        outcomes.push_back(wire::Outcome::full);
        break;
    }
  }
  return {200, wire::encode_outcomes(outcomes)};
}

void Server::Impl::wake(const seal::KeyId& mailbox) {
  const auto found = waiters_.find(mailbox);
  if (found == waiters_.end()) return;
  const std::vector<Waiter> waiters = found->second;
  for (const Waiter& waiter : waiters) {
    std::vector<wire::Item> items;
    try {
      items = store_.read(mailbox, waiter.after, clock_.now());
    } catch (const base::Fault&) {
      store_works_ = false;
    }
    if (items.empty()) continue;
    forget_waiter(*waiter.connection);
    waiter.connection->answer({200, wire::encode_items(items)});
  }
}

bool Server::Impl::forget_waiter(const Connection& connection) {
  const auto found = waits_for_.find(&connection);
  if (found == waits_for_.end()) return false;
  const auto at = waiters_.find(found->second);
  std::erase_if(at->second, [&](const Waiter& waiter) {
    if (waiter.connection.get() != &connection) return false;
    strangers_waiting_ -= waiter.is_stranger ? 1 : 0;
    return true;
  });
  if (at->second.empty()) waiters_.erase(at);
  waits_for_.erase(found);
  waiting_count_.store(waits_for_.size());
  return true;
}

void Server::Impl::on_patience_end(Connection& connection) {
  if (forget_waiter(connection)) connection.answer({200, wire::encode_items({})});
}

void Server::Impl::on_close(Connection& connection) {
  forget_waiter(connection);
  connections_.erase(connection.shared_from_this());
}

Server::Server(ServerSettings settings, const base::Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(settings), clock)) {}
Server::~Server() = default;
void Server::start() { impl_->start(); }
std::uint16_t Server::port() const noexcept { return impl_->port(); }
std::string Server::url() const { return impl_->url(); }
void Server::stop() { impl_->stop(); }
std::size_t Server::waiting() const noexcept { return impl_->waiting(); }

}  // namespace tocsin::relay
