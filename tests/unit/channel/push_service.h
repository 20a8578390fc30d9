// A push service over loopback. It gives the answers that a test sets, in order, and keeps the
// requests. It serves one connection at a time, each for one request.
#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tocsin::channel {

class PushService {
 public:
  struct Request {
    std::string head;
    std::string body;

    std::string header(std::string_view name) const {
      const std::size_t at = head.find(fmt::format("\r\n{}: ", name));
      if (at == std::string::npos) return {};
      const std::size_t from = at + name.size() + 4;
      return head.substr(from, head.find("\r\n", from) - from);
    }
  };

  PushService() : listening_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(listening_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(listening_, 64), 0);
    EXPECT_EQ(::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~PushService() {
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
  }

  std::string origin() const { return fmt::format("http://127.0.0.1:{}", port_); }

  // An answer is "201 Created", or with headers "429 Busy\r\nRetry-After: 7". An empty one closes
  // the connection. The last answer is repeated for all later requests.
  void will_say(std::deque<std::string> answers) {
    const std::lock_guard lock{mutex_};
    answers_ = std::move(answers);
  }
  // Sends `body` after every answer from now on.
  void will_say_more(std::string body) {
    const std::lock_guard lock{mutex_};
    body_ = std::move(body);
  }
  struct Answer {
    std::string head;  // as above
    std::string body;
  };
  // Answers each request by itself from now on.
  void will_answer(std::function<Answer(const Request&)> answer) {
    const std::lock_guard lock{mutex_};
    answer_ = std::move(answer);
  }
  std::vector<Request> requests() const {
    const std::lock_guard lock{mutex_};
    return requests_;
  }

 private:
  void serve() {
    for (;;) {
      const int caller = ::accept(listening_, nullptr, nullptr);
      if (caller < 0) return;
      hear(caller);
      ::close(caller);
    }
  }

  void hear(int caller) {
    std::string text;
    char buffer[4096];
    std::size_t head_end = std::string::npos;
    std::size_t length = 0;
    while (head_end == std::string::npos || text.size() < head_end + 4 + length) {
      const ssize_t got = ::recv(caller, buffer, sizeof buffer, 0);
      if (got <= 0) return;
      text.append(buffer, static_cast<std::size_t>(got));
      head_end = text.find("\r\n\r\n");
      const std::size_t at = text.find("Content-Length: ");
      if (head_end != std::string::npos && at < head_end) length = std::stoul(text.substr(at + 16));
    }
    std::string answer = "201 Created";
    std::string body;
    {
      const std::lock_guard lock{mutex_};
      requests_.push_back({text.substr(0, head_end), text.substr(head_end + 4)});
      if (!answers_.empty()) {
        answer = answers_.front();
        if (answers_.size() > 1) answers_.pop_front();
      }
      body = body_;
      if (answer_) {
        Answer own = answer_(requests_.back());
        answer = std::move(own.head);
        body = std::move(own.body);
      }
    }
    if (answer.empty()) return;
    const std::string said =
        fmt::format("HTTP/1.1 {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}", answer,
                    body.size(), body);
    EXPECT_EQ(::send(caller, said.data(), said.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(said.size()));
  }

  int listening_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::deque<std::string> answers_;
  std::string body_;
  std::function<Answer(const Request&)> answer_;
  std::vector<Request> requests_;
  std::thread thread_;
};

}  // namespace tocsin::channel
