// A server over loopback that speaks in lines, as those of mail do. It answers each line as a
// test says, and keeps what it heard. Each connection has a thread.
#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tocsin::channel {

class LineService {
 public:
  // `answer` gets a line without its end, and returns what is said; nullopt ends the connection.
  // It is called by one thread at a time; with kBegins when a connection begins.
  static constexpr std::string_view kBegins = "\n";
  using Answer = std::function<std::optional<std::string>(std::string_view line)>;

  explicit LineService(Answer answer)
      : answer_(std::move(answer)), listening_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(listening_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(listening_, 64), 0);
    EXPECT_EQ(::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
    accepting_ = std::thread([this] { accept(); });
  }
  ~LineService() {
    ::shutdown(listening_, SHUT_RDWR);
    accepting_.join();
    {
      const std::lock_guard lock{mutex_};
      for (const int peer : peers_) ::shutdown(peer, SHUT_RDWR);
    }
    for (std::thread& serving : serving_) serving.join();
    for (const int peer : peers_) ::close(peer);
    ::close(listening_);
  }

  std::string origin(std::string_view scheme) const {
    return fmt::format("{}://127.0.0.1:{}", scheme, port_);
  }
  std::vector<std::string> lines() {
    const std::lock_guard lock{mutex_};
    return lines_;
  }
  std::size_t connections() {
    const std::lock_guard lock{mutex_};
    return peers_.size();
  }

 private:
  void accept() {
    for (int peer = 0; (peer = ::accept(listening_, nullptr, nullptr)) >= 0;) {
      const std::lock_guard lock{mutex_};
      peers_.push_back(peer);
      serving_.emplace_back([this, peer] {
        serve(peer);
        ::shutdown(peer, SHUT_RDWR);
      });
    }
  }
  void serve(int peer) {
    if (!say(peer, kBegins)) return;
    std::string heard;
    char buffer[4'096];
    for (ssize_t got = 0; (got = ::recv(peer, buffer, sizeof buffer, 0)) > 0;) {
      heard.append(buffer, static_cast<std::size_t>(got));
      for (std::size_t end = 0; (end = heard.find("\r\n")) != std::string::npos;) {
        const std::string line = heard.substr(0, end);
        heard.erase(0, end + 2);
        {
          const std::lock_guard lock{mutex_};
          lines_.push_back(line);
        }
        if (!say(peer, line)) return;
      }
    }
  }
  bool say(int peer, std::string_view line) {
    std::optional<std::string> said;
    {
      const std::lock_guard lock{answering_};
      said = answer_(line);
    }
    return said && (said->empty() || ::send(peer, said->data(), said->size(), MSG_NOSIGNAL) > 0);
  }

  Answer answer_;
  std::mutex answering_;
  int listening_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;  // of what follows
  std::vector<int> peers_;
  std::vector<std::string> lines_;
  std::vector<std::thread> serving_;
  std::thread accepting_;
};

}  // namespace tocsin::channel
