#include "channel/ntfy_inbox.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kReplyNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                                40min};

// Keeps what was written to the topic, and shows it to whoever has the token.
class NtfyBox : public testing::Test {
 protected:
  void SetUp() override {
    service_.will_answer([this](const PushService::Request& request) { return answer(request); });
  }
  PushService::Answer answer(const PushService::Request& request) {
    const std::string target = request.head.substr(0, request.head.find(" HTTP"));
    asked_.push_back(target);
    if (!failure_.empty()) return {failure_, failure_body_};
    if (request.header("Authorization").empty()) return {door_, ""};
    const std::string since = target.substr(target.find("&since=") + 7);
    std::string lines;
    bool is_after = since == "12h" || since == "1m";
    for (const auto& [id, text] : kept_) {
      if (is_after) lines += text;
      is_after = is_after || id == since;
    }
    return {"200 OK" + date_, lines};
  }
  void taps(std::string id, std::string_view words, std::string_view topic = "ana") {
    std::string line = fmt::format(
        R"({{"id":"{}","time":{},"event":"message","topic":"replies","message":"{}:{} {}"}})"
        "\n",
        id, kReplyNight.time_since_epoch() / 1s, seal::to_text(seal::MessageId{}), words, topic);
    kept_.emplace_back(std::move(id), std::move(line));
  }
  std::string words() {
    std::string all;
    do {
      asked_again_ = inbox_.ask();
      for (const Said& said : asked_again_.collected.said) all += said.words + " ";
    } while (asked_again_.pause == 0ms);
    return all;
  }

  base::VirtualClock clock_{kReplyNight + 5s};
  PushService service_;
  seal::SecretText token_{"tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2"};
  std::vector<std::pair<std::string, std::string>> kept_;
  std::vector<std::string> asked_;
  std::string failure_, failure_body_, date_, door_ = "403 Forbidden";
  Polling::Asked asked_again_;
  NtfyInbox inbox_{{service_.origin(), "replies", 15s}, token_, clock_};
};

TEST_F(NtfyBox, GivesWhatWasTappedOnce) {
  taps("a1", "Y");
  taps("a2", "N");
  EXPECT_EQ(words(), "Y N ");
  EXPECT_EQ(asked_, (std::vector<std::string>{"GET /replies/json?poll=1&since=1s",
                                              "GET /replies/json?poll=1&since=12h"}));
  EXPECT_EQ(asked_again_.pause, 15s);
  EXPECT_EQ(words(), "");
  EXPECT_EQ(asked_.back(), "GET /replies/json?poll=1&since=a2");
  taps("a3", "LR");
  EXPECT_EQ(words(), "LR ");
}

TEST_F(NtfyBox, GivesTheSameAgainToTheNextProcess) {
  taps("a1", "Y");
  words();
  NtfyInbox next{{service_.origin(), "replies", 15s}, token_, clock_};
  next.ask();
  const Polling::Asked again = next.ask();
  ASSERT_EQ(again.collected.said.size(), 1U);
  EXPECT_EQ(again.collected.said[0].id, said_id("ntfy", "a1"));
}

TEST_F(NtfyBox, BelievesNothingWhileEverybodyCanReadIt) {
  taps("a1", "Y");
  door_ = "200 OK";
  EXPECT_EQ(words(), "");
  EXPECT_NE(asked_again_.trouble.find("everybody can read"), std::string::npos);
  EXPECT_EQ(asked_.size(), 1U);
  EXPECT_EQ(service_.requests()[0].header("Authorization"), "");
  door_ = "401 Unauthorized";
  EXPECT_EQ(words(), "Y ");
  EXPECT_EQ(asked_again_.trouble, "");
}

TEST_F(NtfyBox, SaysWhyItCannotRead) {
  words();
  const auto trouble = [&](std::string head, std::string body = "") {
    failure_ = std::move(head);
    failure_body_ = std::move(body);
    words();
    EXPECT_GE(asked_again_.pause, 5s);
    EXPECT_EQ(asked_again_.trouble.find("tk_"), std::string::npos);
    return asked_again_.trouble;
  };
  EXPECT_NE(trouble("401 x").find("refuses the token"), std::string::npos);
  EXPECT_NE(trouble("403 x").find("may not read"), std::string::npos);
  EXPECT_NE(trouble("502 x").find("502"), std::string::npos);
  EXPECT_NE(trouble("200 OK", "<html>").find("damaged"), std::string::npos);
  trouble("429 Many\r\nRetry-After: 200");
  EXPECT_EQ(asked_again_.pause, 200s);
  failure_.clear();
  taps("a1", "Y");
  EXPECT_EQ(words(), "Y ");
}

// What cannot be read in one piece never can.
TEST_F(NtfyBox, GoesOnWithWhatIsNewWhenTheTopicIsFlooded) {
  words();
  failure_ = "200 OK";
  failure_body_ = std::string(std::size_t{17} << 20, '\n');
  words();
  EXPECT_NE(asked_again_.trouble.find("floods"), std::string::npos);
  failure_.clear();
  taps("a1", "Y");
  EXPECT_EQ(words(), "Y ");
  EXPECT_EQ(asked_.back(), "GET /replies/json?poll=1&since=1m");
}

TEST_F(NtfyBox, CountsByThisMachinesClock) {
  taps("a1", "Y");
  date_ = "\r\nDate: Sun, 22 Nov 2026 22:50:00 GMT";  // 595 s ahead
  inbox_.ask();
  EXPECT_EQ(inbox_.ask().collected.said.at(0).at, kReplyNight - 595s);
}

TEST_F(NtfyBox, AsksLessOftenWithTime) {
  clock_.advance(1h);
  words();
  EXPECT_EQ(asked_again_.pause, 1min);
  clock_.advance(24h);
  words();
  EXPECT_EQ(asked_again_.pause, 5min);
  inbox_.expect();
  words();
  EXPECT_EQ(asked_again_.pause, 15s);
}

TEST_F(NtfyBox, AsksNobodyWithoutATopicForReplies) {
  NtfyInbox silent{{service_.origin(), "", 15s}, token_, clock_};
  EXPECT_GE(silent.ask().pause, 1h);
  EXPECT_TRUE(asked_.empty());
}

}  // namespace
}  // namespace tocsin::channel
