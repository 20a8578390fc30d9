#include "process/hostile_relay.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>

#include "relay/route.h"
#include "wire/proof.h"

namespace tocsin::process {

namespace {

std::string field(const std::string& head, const std::string& name) {
  const auto at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const auto begin = at + name.size() + 4;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

}  // namespace

HostileRelay::HostileRelay() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
  ::listen(listener_, 64);
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { accept(); });
}

HostileRelay::~HostileRelay() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  for (std::thread& thread : threads_) thread.join();
  for (const int socket : sockets_) ::close(socket);
  ::close(listener_);
}

std::string HostileRelay::url() const { return fmt::format("http://127.0.0.1:{}", port_); }

void HostileRelay::play(Trick trick) {
  const std::lock_guard lock{mutex_};
  trick_ = trick ? std::make_shared<Trick>(std::move(trick)) : nullptr;
}

std::map<seal::KeyId, seal::PublicIdentity> HostileRelay::seen() {
  const std::lock_guard lock{mutex_};
  return seen_;
}

std::uint64_t HostileRelay::next_cursor() {  // a trick may call it, too
  return cursor_++;
}

void HostileRelay::accept() {
  for (;;) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    sockets_.push_back(socket);
    threads_.emplace_back([this, socket] { serve(socket); });
  }
}

void HostileRelay::serve(int socket) {
  std::string heard;
  const auto hear = [&] {
    char buffer[65'536];
    const ssize_t size = ::recv(socket, buffer, sizeof buffer, 0);
    if (size > 0) heard.append(buffer, static_cast<std::size_t>(size));
    return size > 0;
  };
  for (;;) {
    std::size_t end = 0;
    while ((end = heard.find("\r\n\r\n")) == std::string::npos)
      if (!hear()) return;
    const std::string head = heard.substr(0, end + 2);
    const std::string length = field(head, "Content-Length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (heard.size() < end + 4 + size)
      if (!hear()) return;
    int status = 200;
    const base::Bytes body =
        answer(head, base::bytes_of(std::string_view{heard}.substr(end + 4, size)), status);
    heard.erase(0, end + 4 + size);
    const std::string out =
        fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\n\r\n", status, body.size()) +
        std::string{base::text_of(body)};
    if (::send(socket, out.data(), out.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(out.size()))
      return;
  }
}

base::Bytes HostileRelay::answer(const std::string& head, base::ByteView body, int& status) {
  std::unique_lock lock{mutex_};
  const auto space = head.find(' ');
  const auto target = head.substr(space + 1, head.find(' ', space + 1) - space - 1);
  const relay::Route route = relay::route_of(head.substr(0, space), target);
  const auto proof = wire::decode_proof(field(head, std::string{wire::kProofHeader}));
  if (!proof) {
    status = 401;
    return {};
  }
  seen_.insert_or_assign(proof->identity.id(), proof->identity);
  if (std::holds_alternative<relay::AskWrite>(route)) {
    const auto batch = wire::decode_batch(body);
    std::vector<wire::Outcome> outcomes;
    for (const wire::Message& message : batch->messages) {
      held_[message.mailbox].push_back({cursor_++,
                                        wire::ItemKind::message,
                                        message.id,
                                        message.expires,
                                        {message.envelope.begin(), message.envelope.end()}});
      outcomes.push_back(wire::Outcome::stored);
    }
    return wire::encode_outcomes(outcomes);
  }
  if (const auto* read = std::get_if<relay::AskRead>(&route)) {
    Items items = held_[read->mailbox];
    if (const auto trick = trick_) {
      lock.unlock();
      items = (*trick)(proof->identity, std::move(items));
    }
    std::erase_if(items, [&](const wire::Item& item) { return item.cursor <= read->after; });
    if (items.size() > wire::kMostItems) items.resize(wire::kMostItems);
    return wire::encode_items(items);
  }
  status = 204;  // an acknowledgement is ignored
  return {};
}

}  // namespace tocsin::process
