#include "relay/server.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <thread>
#include <utility>
#include <variant>

#include "base/fault.h"
#include "base/text.h"
#include "relay/connections.h"
#include "relay/counters.h"
#include "relay/gate.h"
#include "relay/hook/hooks.h"
#include "relay/limits.h"
#include "relay/overseer.h"
#include "relay/route.h"
#include "relay/store/store.h"
#include "relay/tls.h"
#include "relay/waiters.h"
#include "relay/writes.h"
#include "wire/messages.h"

namespace tocsin::relay {

namespace asio = boost::asio;
using boost::system::error_code;
using ConnectionRef = std::shared_ptr<Connection>;

namespace {

constexpr auto kForged = static_cast<std::size_t>(HookOutcome::forged);

Answer page_answer(const PageFile& file, const Request& request) {
  Answer answer;
  answer.file = &file;
  // The header may list several tags, and a proxy may have made them weak ones (RFC 9110 section
  // 13.1.2).
  if (request.known_tag.find(file.tag) != std::string::npos) {
    answer.status = 304;
    return answer;
  }
  answer.is_packed = request.unpacks_gzip && !file.packed.empty();
  const auto& content = answer.is_packed ? file.packed : file.content;
  answer.body.assign(content.begin(), content.end());
  return answer;
}

// The arrivals of one mailbox in the order of cursors, as `Store::read` would return them in a
// page.
std::vector<wire::Item> items_of(std::span<const Arrival* const> arrivals, std::uint64_t after,
                                 base::Instant now, const Store& store) {
  std::vector<wire::Item> items;
  std::size_t bytes = 0;
  for (const Arrival* arrival : arrivals) {
    // An item that was posted and acknowledged in one transaction is no longer there.
    if (arrival->cursor <= after || arrival->expires <= now ||
        !store.holds(arrival->mailbox, arrival->cursor))
      continue;
    bytes += arrival->envelope.size();
    if (items.size() == wire::kMostItems || (!items.empty() && bytes > wire::kMostPageBytes)) break;
    items.push_back({arrival->cursor,
                     arrival->kind,
                     arrival->id,
                     arrival->expires,
                     {arrival->envelope.begin(), arrival->envelope.end()}});
  }
  return items;
}

}  // namespace

class Server::Impl final : public Connections::Service {
 public:
  Impl(ServerSettings settings, const base::Clock& clock)
      : settings_(std::move(settings)),
        clock_(clock),
        store_(settings_.store, settings_.most_store_bytes, clock.now()),
        hooks_(std::move(settings_.hooks), clock),
        gate_(settings_.organisations, store_.open_mailboxes(), clock),
        writes_(store_, gate_, clock, io_, counters_, [this](auto arrivals) { wake(arrivals); }),
        connections_(io_, *this, settings_.patience, counters_),
        overseer_([this] { return look(); }),
        overseers_(io_, overseer_, settings_.patience, overseers_counters_),
        upkeep_timer_(io_) {
    if (settings_.tls) tls_.emplace(*settings_.tls);
    for (std::string& host : settings_.hosts) host = base::to_lower(host);
    store_.expire(clock.now());
  }
  ~Impl() override { stop(); }

  void start() {
    connections_.listen(settings_.address, settings_.port, settings_.most_connections,
                        tls_ ? &*tls_ : nullptr);
    if (settings_.overseers)
      overseers_.listen(settings_.overseers->host, settings_.overseers->port,
                        limits::kMostOverseers, nullptr);
    keep_up();
    thread_ = std::thread([this] {
      // OpenSSL writes to a closed socket in a way that raises SIGPIPE.
      sigset_t broken_pipe;
      sigemptyset(&broken_pipe);
      sigaddset(&broken_pipe, SIGPIPE);
      pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
      io_.run();
    });
  }

  void stop() {
    if (!thread_.joinable()) return;
    asio::post(io_, [this] { see_off(); });
    thread_.join();
  }

  std::uint16_t port() const noexcept { return connections_.port(); }
  std::size_t waiting() const noexcept { return waiters_.count(); }
  std::string url() const {
    const bool is_v6 = settings_.address.find(':') != std::string::npos;
    return fmt::format("{}://{}:{}", tls_ ? "https" : "http",
                       is_v6 ? fmt::format("[{}]", settings_.address) : settings_.address, port());
  }
  std::string pin() const { return tls_ ? tls_->pin() : std::string{}; }
  std::uint16_t overseers_port() const noexcept { return overseers_.port(); }

  void on_request(const ConnectionRef& connection, Request request) override;
  void on_patience_end(Connection& connection) override;
  void on_close(Connection& connection) override { waiters_.forget(connection); }

 private:
  void hook(const ConnectionRef& connection, const AskHook& ask, const Request& request);
  void read(const ConnectionRef& connection, const Caller& caller, const AskRead& ask);
  void wake(std::span<const Arrival> arrivals);
  bool is_well() const noexcept { return reads_work_ && upkeep_trouble_.empty() && writes_.work(); }
  const std::string& trouble() const noexcept;
  Overseer::Look look() const;
  void failed_read(const base::Fault& fault);
  void keep_up();
  void watch_health();
  void see_off();
  void end_when_done(double deadline);

  asio::io_context io_{1};  // first, so that it outlives every socket
  ServerSettings settings_;
  const base::Clock& clock_;
  std::optional<Tls> tls_;  // before the connections that use it
  Counters counters_;
  Counters overseers_counters_;  // of requests for figures; not among the figures
  Store store_;
  Hooks hooks_;
  Gate gate_;
  Waiters waiters_;
  Writes writes_;
  Connections connections_;
  Overseer overseer_;
  Connections overseers_;
  asio::steady_timer upkeep_timer_;
  bool reads_work_ = true;
  std::string read_trouble_;    // why the last failed read failed
  std::string upkeep_trouble_;  // why the last upkeep failed; empty when it did not
  bool was_well_ = true;
  std::uint64_t turned_away_told_ = 0;
  std::uint64_t forged_told_ = 0;
  double forged_told_at_ = -limits::kBetweenExpiries;
  double last_expiry_ = 0;
  std::thread thread_;
};

void Server::Impl::on_request(const ConnectionRef& connection, Request request) {
  const Route route = route_of(request.method, request.target);
  if (const auto* refusal = std::get_if<Refusal>(&route))
    return connection->answer(answer_of(*refusal));
  if (std::holds_alternative<AskHealth>(route))
    return connection->answer(answer_of(health(is_well())));
  if (!settings_.hosts.empty() && std::find(settings_.hosts.begin(), settings_.hosts.end(),
                                            request.host) == settings_.hosts.end())
    return connection->answer(answer_of({421, "this relay has another name"}));
  if (const auto* page = std::get_if<AskPage>(&route))
    return connection->answer(page_answer(in_language_of(*page->file, request.languages), request));
  if (const auto* asked = std::get_if<AskHook>(&route)) return hook(connection, *asked, request);

  const auto admitted = gate_.admit({request.method, request.host, request.target, request.body},
                                    request.proof, request.certificate);
  if (const auto* refusal = std::get_if<Refusal>(&admitted))
    return connection->answer(answer_of(*refusal));
  const Caller& caller = std::get<Caller>(admitted);
  try {
    if (std::holds_alternative<AskWrite>(route)) {
      if (!caller.vouched)
        return connection->answer(answer_of({403, "writing needs a certificate"}));
      auto batch = wire::decode_batch(request.body);
      if (!batch) return connection->answer(answer_of({400, "the body does not decode"}));
      if (batch->answers && !gate_.may_open(caller))
        return connection->answer(answer_of({403, "this key opens no mailbox"}));
      return writes_.add({connection, caller, std::move(request.body), std::move(*batch)});
    }
    const bool is_read = std::holds_alternative<AskRead>(route);
    const seal::KeyId& mailbox =
        is_read ? std::get<AskRead>(route).mailbox : std::get<AskAcknowledge>(route).mailbox;
    if (mailbox != caller.id)
      return connection->answer(answer_of({403, "this key does not read that mailbox"}));
    if (is_read) return read(connection, caller, std::get<AskRead>(route));
    const auto cursor = wire::decode_cursor(request.body);
    if (!cursor) return connection->answer(answer_of({400, "the body does not decode"}));
    writes_.add({connection, caller, {}, *cursor});
  } catch (const base::Fault& fault) {
    failed_read(fault);
    connection->answer(answer_of({507, "the store cannot be used"}));
  }
}

void Server::Impl::hook(const ConnectionRef& connection, const AskHook& ask,
                        const Request& request) {
  Hooking hooking = hooks_.take(
      request.method, ask.name,
      {ask.query, request.content_type, request.authorization, request.signature, request.body});
  Answer answer;
  answer.status = hooking.answer.status;
  answer.body.assign(hooking.answer.body.begin(), hooking.answer.body.end());
  answer.type = hooking.answer.type;
  answer.retry_after_seconds = hooking.answer.retry_after_seconds;
  answer.allow = hooking.answer.allow;
  if (hooking.kept)
    return writes_.add(
        {connection, {}, {}, HookWrite{*std::move(hooking.kept), std::move(answer)}});
  counters_.count(hooking.outcome);
  connection->answer(std::move(answer));
}

void Server::Impl::read(const ConnectionRef& connection, const Caller& caller, const AskRead& ask) {
  const base::Instant now = clock_.now();
  const auto items = store_.read(ask.mailbox, ask.after, now);
  reads_work_ = true;
  counters_.given_out += items.size();
  if (!items.empty() || ask.wait_seconds == 0) {
    Answer answer{200, wire::encode_items(items)};
    answer.date = now;
    return connection->answer(std::move(answer));
  }
  const Waiter waiter{connection, store_.seen(ask.after),
                      !caller.vouched && !gate_.is_open(ask.mailbox)};
  if (waiters_.is_full_for(waiter))
    return connection->answer(answer_of({429, "too many waiting readers", 10}));
  if (const auto pushed_out = waiters_.add(ask.mailbox, waiter))
    pushed_out->connection->answer(answer_of({429, "another reader of this mailbox came", 5}));
  connection->wait_until(connections_.seconds() + ask.wait_seconds);
}

// A reader waits because there was nothing beyond its cursor, so these arrivals are all that it
// gets. The store need not be read again for each of 10,000 readers.
void Server::Impl::wake(std::span<const Arrival> arrivals) {
  std::vector<const Arrival*> awaited;
  for (const Arrival& arrival : arrivals)
    if (waiters_.of(arrival.mailbox) != nullptr) awaited.push_back(&arrival);
  const auto before = [](const Arrival* a, const Arrival* b) { return a->mailbox < b->mailbox; };
  std::stable_sort(awaited.begin(), awaited.end(), before);
  const base::Instant now = clock_.now();
  for (auto at = awaited.begin(); at != awaited.end();) {
    const auto end = std::upper_bound(at, awaited.end(), *at, before);
    const std::vector<Waiter> waiters = *waiters_.of((*at)->mailbox);
    for (const Waiter& waiter : waiters) {
      const auto items = items_of({at, end}, waiter.after, now, store_);
      if (items.empty()) continue;
      waiters_.forget(*waiter.connection);
      counters_.given_out += items.size();
      ++counters_.woken;
      waiter.connection->answer({200, wire::encode_items(items)});
    }
    at = end;
  }
}

void Server::Impl::on_patience_end(Connection& connection) {
  if (waiters_.forget(connection)) connection.answer({200, wire::encode_items({})});
}

void Server::Impl::failed_read(const base::Fault& fault) {
  reads_work_ = false;
  read_trouble_ = fault.what();
}

// Forgets what has expired, every minute. Empties the log when nothing is being written, so that it
// no longer holds what was taken, or when it has grown long.
void Server::Impl::keep_up() {
  try {
    if (connections_.seconds() - last_expiry_ >= limits::kBetweenExpiries) {
      gate_.tidy();
      store_.expire(clock_.now());
      last_expiry_ = connections_.seconds();
    }
    if (store_.log_bytes() > limits::kLongLogBytes ||
        (store_.log_bytes() > 0 && writes_.are_quiet()))
      store_.tidy();
    upkeep_trouble_.clear();
  } catch (const base::Fault& fault) {  // /healthz reports it, and the next upkeep tries again
    upkeep_trouble_ = fault.what();
  }
  watch_health();
  writes_.try_again();
  upkeep_timer_.expires_after(limits::kBetweenUpkeeps);
  upkeep_timer_.async_wait([this](const error_code& cancelled) {
    if (!cancelled) keep_up();
  });
}

Overseer::Look Server::Impl::look() const {
  return {is_well(), metrics_text(counters_, {connections_.count(), waiters_.count(),
                                              connections_.body_bytes(), store_.count(),
                                              store_.log_bytes(), is_well()})};
}

const std::string& Server::Impl::trouble() const noexcept {
  if (!reads_work_) return read_trouble_;
  return upkeep_trouble_.empty() ? writes_.trouble() : upkeep_trouble_;
}

// Logs one line when a trouble begins and one when it ends, not one for each time that it is met.
void Server::Impl::watch_health() {
  if (!settings_.log) return;
  if (std::exchange(was_well_, is_well()) != is_well())
    settings_.log(was_well_ ? "the store can be written again"
                            : fmt::format("nothing is taken in: {}", trouble()));
  if (std::exchange(turned_away_told_, counters_.turned_away) != counters_.turned_away)
    settings_.log("connections were turned away: all are in use");
  if (connections_.seconds() - forged_told_at_ < limits::kBetweenExpiries) return;
  if (std::exchange(forged_told_, counters_.hooks[kForged]) == counters_.hooks[kForged]) return;
  forged_told_at_ = connections_.seconds();
  settings_.log("posts to hooks were refused: they were not signed with the hook's secret");
}

// Accepts no more connections, tells waiting readers to ask again, and commits, syncs and answers
// what was taken in.
void Server::Impl::see_off() {
  connections_.drain();
  overseers_.drain();
  for (const Waiter& waiter : waiters_.take_all())
    waiter.connection->answer({200, wire::encode_items({})});
  end_when_done(connections_.seconds() + limits::kSeeOffSeconds);
}

void Server::Impl::end_when_done(double deadline) {
  const bool is_done = writes_.are_none() && connections_.are_none();
  // Waits for the disk as long as it takes, but not for a client that is slow to read its answer.
  if (is_done || (connections_.seconds() >= deadline && writes_.are_none())) return io_.stop();
  upkeep_timer_.expires_after(std::chrono::milliseconds{5});
  upkeep_timer_.async_wait([this, deadline](const error_code& cancelled) {
    if (!cancelled) end_when_done(deadline);
  });
}

Server::Server(ServerSettings settings, const base::Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(settings), clock)) {}
Server::~Server() = default;
void Server::start() { impl_->start(); }
std::uint16_t Server::port() const noexcept { return impl_->port(); }
std::string Server::url() const { return impl_->url(); }
std::string Server::pin() const { return impl_->pin(); }
std::uint16_t Server::overseers_port() const noexcept { return impl_->overseers_port(); }
void Server::stop() { impl_->stop(); }
std::size_t Server::waiting() const noexcept { return impl_->waiting(); }

}  // namespace tocsin::relay
