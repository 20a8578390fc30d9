#include "channel/telegram_inbox.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kBoxNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                              40min};

// Holds updates as Telegram does: what was confirmed is gone.
class TelegramBox : public testing::Test {
 protected:
  void SetUp() override {
    service_.will_answer([this](const PushService::Request& request) { return answer(request); });
  }
  PushService::Answer answer(const PushService::Request& request) {
    const std::string target = request.head.substr(0, request.head.find(" HTTP"));
    asked_.push_back(target);
    const auto number = [&](const char* name) {
      const std::size_t at = target.find(name);
      return at == std::string::npos ? 0 : std::stoi(target.substr(at + std::string(name).size()));
    };
    if (!failure_.empty()) return {failure_, failure_body_};
    if (target.starts_with("POST")) return {"200 OK", R"({"ok":true,"result":true})"};
    const int from = number("&offset=");
    std::erase_if(updates_, [&](const auto& one) { return one.first < from; });
    std::string page;
    int left = number("limit=");
    for (const auto& [id, text] : updates_) {
      if (left-- == 0) break;
      page += page.empty() ? text : "," + text;
    }
    return {"200 OK" + date_, fmt::format(R"({{"ok":true,"result":[{}]}})", page)};
  }

  void writes(int id, std::string_view words, int chat = 5001) {
    updates_[id] = fmt::format(
        R"({{"update_id":{0},"message":{{"message_id":{0},"from":{{"id":{1}}},
            "chat":{{"id":{1},"type":"private"}},"date":{2},"text":"{3}"}}}})",
        id, chat, kBoxNight.time_since_epoch() / 1s, words);
  }
  void taps(int id, std::string_view data) {
    updates_[id] = fmt::format(
        R"({{"update_id":{0},"callback_query":{{"id":"t{0}","from":{{"id":5001}},"data":"{1}",
            "message":{{"chat":{{"id":5001,"type":"private"}}}}}}}})",
        id, data);
  }
  void stands(int id) { updates_[id] = fmt::format(R"({{"update_id":{}}})", id); }

  std::string words() {
    inbox_.want();
    asked_again_ = inbox_.ask();
    std::string all;
    for (const Said& said : asked_again_.collected.said) all += said.words + " ";
    return all;
  }

  base::VirtualClock clock_{kBoxNight + 5s};
  PushService service_;
  TelegramAccess access_{service_.origin(), seal::SecretText{"123:abc"}};
  std::map<int, std::string> updates_;
  std::vector<std::string> asked_;
  std::string failure_, failure_body_, date_;
  Polling::Asked asked_again_;
  TelegramInbox inbox_{access_, clock_, Listen::when_asked};
};

TEST_F(TelegramBox, GivesWhatWasWrittenOnceItIsKept) {
  writes(7, "a");
  writes(8, "b");
  EXPECT_EQ(words(), "a b ");
  EXPECT_EQ(asked_.back(),
            "GET /bot123:abc/getUpdates?limit=50&timeout=0&allowed_updates="
            "%5B%22message%22%2C%22callback_query%22%5D");
  writes(9, "c");
  EXPECT_EQ(words(), "");
  EXPECT_EQ(asked_.size(), 1U) << "Telegram would forget what is in no journal yet";
  EXPECT_EQ(asked_again_.pause, 10min);
  EXPECT_TRUE(inbox_.keep());
  EXPECT_EQ(words(), "c ");
  EXPECT_TRUE(asked_.back().ends_with("&offset=9")) << asked_.back();
  EXPECT_TRUE(inbox_.keep());
  EXPECT_FALSE(inbox_.keep());
  EXPECT_EQ(words(), "");
  EXPECT_EQ(asked_again_.pause, 1s);
  EXPECT_TRUE(updates_.empty());
  EXPECT_EQ(words(), "");
  EXPECT_EQ(asked_.back().find("offset"), std::string::npos) << "smaller numbers may come";
}

TEST_F(TelegramBox, GivesTheSameAgainToTheNextProcessWhenNobodyKeptIt) {
  writes(7, "a");
  EXPECT_EQ(words(), "a ");
  TelegramInbox next{access_, clock_, Listen::when_asked};
  next.want();
  const Polling::Asked again = next.ask();
  ASSERT_EQ(again.collected.said.size(), 1U);
  EXPECT_EQ(again.collected.said[0].id, asked_again_.collected.said[0].id);
}

TEST_F(TelegramBox, TellsTelegramAtItsEndWhatWasKept) {
  taps(7, seal::to_text(seal::MessageId{}) + ":N");
  {
    TelegramInbox first{access_, clock_, Listen::when_asked};
    first.want();
    EXPECT_EQ(first.ask().collected.said.size(), 1U);
  }
  EXPECT_EQ(updates_.size(), 1U) << "nobody kept it";
  {
    TelegramInbox second{access_, clock_, Listen::when_asked};
    second.want();
    EXPECT_EQ(second.ask().collected.said.size(), 1U);
    second.keep();
    second.interrupt();
  }
  const std::set<std::string> said(asked_.end() - 2, asked_.end());
  EXPECT_TRUE(said.contains("POST /bot123:abc/answerCallbackQuery"));
  EXPECT_EQ(words(), "");
  EXPECT_TRUE(updates_.empty());
}

TEST_F(TelegramBox, AcknowledgesATapWhenItIsKeptAndNotBefore) {
  const seal::MessageId about{{9}};
  taps(7, seal::to_text(about) + ":Y 30");
  EXPECT_EQ(words(), "Y 30 ");
  const Said& said = asked_again_.collected.said.front();
  EXPECT_EQ(said.about, about);
  EXPECT_EQ(said.at, clock_.now()) << "a tap has no time of its own";
  EXPECT_EQ(asked_.size(), 1U);
  inbox_.keep();
  words();
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 3U);
  const auto post = std::ranges::find_if(requests, [](const PushService::Request& one) {
    return one.head.starts_with("POST /bot123:abc/answerCallbackQuery ");
  });
  ASSERT_NE(post, requests.end());
  EXPECT_EQ(post->body, R"({"callback_query_id":"t7","text":"✓"})");
  words();
  EXPECT_EQ(service_.requests().size(), 4U) << "once";
}

TEST_F(TelegramBox, PassesOverWhatIsForNobody) {
  stands(7);
  writes(8, "hello", -5);
  taps(9, "another bot's");
  EXPECT_EQ(words(), "");
  writes(10, "a");
  EXPECT_EQ(words(), "a ");
  EXPECT_EQ(updates_.size(), 1U);
}

TEST_F(TelegramBox, GivesWhatAPageHasTwiceOnce) {
  writes(7, "a");
  updates_[8] = updates_[7];
  EXPECT_EQ(words(), "a ");
}

TEST_F(TelegramBox, CountsByThisMachinesClock) {
  writes(7, "a");
  date_ = "\r\nDate: Sun, 22 Nov 2026 22:50:00 GMT";  // 595 s ahead
  words();
  EXPECT_EQ(asked_again_.collected.said.at(0).at, kBoxNight - 595s);
}

TEST_F(TelegramBox, SaysWhyItCannotRead) {
  const auto trouble = [&](std::string head, std::string body = "") {
    failure_ = std::move(head);
    failure_body_ = std::move(body);
    words();
    EXPECT_GE(asked_again_.pause, 5s);
    return asked_again_.trouble;
  };
  EXPECT_NE(trouble("401 Unauthorized").find("token"), std::string::npos);
  EXPECT_NE(trouble("404 Not Found").find("token"), std::string::npos);
  EXPECT_NE(trouble("409 Conflict").find("another program"), std::string::npos);
  EXPECT_NE(trouble("502 Bad").find("502"), std::string::npos);
  EXPECT_NE(trouble("200 OK", "<html>").find("damaged"), std::string::npos);
  trouble("429 Many", R"({"ok":false,"parameters":{"retry_after":200}})");
  EXPECT_EQ(asked_again_.pause, 200s);
  for (const char* head : {"401 x", "409 x", "500 x"})
    EXPECT_EQ(trouble(head, "123:abc").find("123:abc"), std::string::npos);
  failure_.clear();
  writes(7, "a");
  EXPECT_EQ(words(), "a ");
  EXPECT_EQ(asked_again_.trouble, "");
}

TEST_F(TelegramBox, ConfirmsAgainWhatTelegramDidNotHear) {
  writes(7, "a");
  words();
  inbox_.keep();
  failure_ = "500 Oh";
  words();
  failure_.clear();
  writes(8, "b");
  EXPECT_EQ(words(), "b ");
}

// Telegram cuts one of two off that ask at the same time.
TEST_F(TelegramBox, AsksOnlyWhileSomebodyCollects) {
  writes(7, "a");
  EXPECT_FALSE(inbox_.ask().collected.has_any());
  EXPECT_TRUE(asked_.empty());
  EXPECT_TRUE(inbox_.want());
  EXPECT_FALSE(inbox_.want());
  EXPECT_EQ(inbox_.ask().collected.said.size(), 1U);
  inbox_.keep();
  clock_.advance(2min + 1s);
  inbox_.ask();
  EXPECT_EQ(asked_.size(), 1U);
  EXPECT_TRUE(inbox_.want());
}

}  // namespace
}  // namespace tocsin::channel
