#include "channel/transfers.h"

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <thread>

#include "unit/channel/line_service.h"

namespace tocsin::channel {
namespace {

std::optional<std::string> page(std::string_view line) {
  if (line.starts_with("GET /hang")) return "";
  return line.starts_with("GET") ? "HTTP/1.1 204 No\r\n\r\n" : "";
}

class Transferring : public testing::Test {
 protected:
  bool begin(const Transfers::Turn& turn, const std::string& path) {
    EXPECT_TRUE(busy_.insert(turn.slot).second);
    most_ = std::max(most_, busy_.size());
    curl_easy_setopt(turn.easy, CURLOPT_URL, (service_.origin("http") + path).c_str());
    return true;
  }
  void finish(const Transfers::Turn& turn) { busy_.erase(turn.slot); }

  LineService service_{page};
  Transfers transfers_;
  std::set<std::size_t> busy_;
  std::size_t most_ = 0;
};

TEST_F(Transferring, AFewAtATimeOverConnectionsThatStay) {
  std::set<std::size_t> finished;
  for (int round = 0; round < 2; ++round) {
    finished.clear();
    transfers_.run(
        20, 3, [&](const auto& turn) { return begin(turn, "/"); },
        [&](const auto& turn, CURLcode code) {
          EXPECT_EQ(code, CURLE_OK);
          EXPECT_TRUE(finished.insert(turn.index).second);
          finish(turn);
        });
    EXPECT_EQ(finished.size(), 20U);
  }
  EXPECT_EQ(most_, 3U);
  EXPECT_LE(service_.connections(), 3U);
}

TEST_F(Transferring, NoneBeginsAfterOneThatDoesNot) {
  std::size_t finished = 0;
  transfers_.run(
      20, 2, [&](const auto& turn) { return turn.index < 5 && begin(turn, "/"); },
      [&](const auto& turn, CURLcode) {
        ++finished;
        finish(turn);
      });
  EXPECT_EQ(finished, 5U);
}

TEST_F(Transferring, EndsWhenItIsInterrupted) {
  std::thread other{[&] {
    while (service_.lines().empty()) std::this_thread::yield();
    transfers_.interrupt();
  }};
  transfers_.run(
      5, 2, [&](const auto& turn) { return begin(turn, "/hang"); },
      [&](const auto&, CURLcode) { ADD_FAILURE() << "it hangs"; });
  other.join();
  busy_.clear();
  transfers_.resume();
  bool has_finished = false;
  transfers_.run(
      1, 1, [&](const auto& turn) { return begin(turn, "/"); },
      [&](const auto&, CURLcode) { has_finished = true; });
  EXPECT_TRUE(has_finished);
}

// libcurl would wait two minutes for its answer.
TEST(TransfersEnd, DoesNotWaitForAGoodbye) {
  LineService service{[](std::string_view line) -> std::optional<std::string> {
    if (line == LineService::kBegins) return "220 mail.test\r\n";
    return line == "QUIT" ? "" : "250 Ok\r\n";
  }};
  {
    Transfers transfers;
    transfers.run(
        1, 1,
        [&](const Transfers::Turn& turn) {
          curl_easy_setopt(turn.easy, CURLOPT_URL, service.origin("smtp").c_str());
          curl_easy_setopt(turn.easy, CURLOPT_CUSTOMREQUEST, "NOOP");
          curl_easy_setopt(turn.easy, CURLOPT_NOBODY, 1L);
          return true;
        },
        [](const Transfers::Turn&, CURLcode code) { EXPECT_EQ(code, CURLE_OK); });
  }
  EXPECT_EQ(service.connections(), 1U);
}

}  // namespace
}  // namespace tocsin::channel
