// A provider's simulator (provider.py) as a process, and a clock that test and simulator put
// forward together.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/clock.h"
#include "channel/http.h"
#include "process/process.h"

namespace tocsin::provider {

// The machine's clock, and what a test added to it.
class ForwardClock final : public base::Clock {
 public:
  base::Instant now() const override { return machine_.now() + ahead_; }
  base::Milliseconds steady() const override { return machine_.steady() + ahead_; }
  void advance(base::Milliseconds by) { ahead_ += by; }

 private:
  base::SystemClock machine_;
  base::Milliseconds ahead_{0};
};

class ProviderProcess {
 public:
  explicit ProviderProcess(std::vector<std::string> arguments) : process_(argv(arguments)) {
    const auto ready = process_.line();
    const std::size_t at = ready ? ready->find("http://") : std::string::npos;
    EXPECT_NE(at, std::string::npos) << ready.value_or("nothing");
    if (at != std::string::npos) origin_ = ready->substr(at);
  }

  const std::string& origin() const noexcept { return origin_; }
  nlohmann::json control(const nlohmann::json& order = nlohmann::json::object()) {
    channel::HttpRequest request;
    request.method = "POST";
    request.url = origin_ + "/control";
    const std::string text = order.dump();
    request.body.assign(text.begin(), text.end());
    const channel::HttpAnswer answer = http_.perform(std::move(request));
    EXPECT_EQ(answer.status, 200);
    return nlohmann::json::parse(answer.body, nullptr, false);
  }
  void advance(ForwardClock& clock, base::Milliseconds by) {
    clock.advance(by);
    control({{"advance", std::chrono::duration<double>(by).count()}});
  }

 private:
  static std::vector<std::string> argv(const std::vector<std::string>& arguments) {
    std::vector<std::string> all{TOCSIN_PYTHON, TOCSIN_PROVIDER};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
  }

  process::Process process_;
  std::string origin_;
  channel::HttpClient http_{channel::HttpSettings{}};
};

}  // namespace tocsin::provider
