#include "channel/notify_inbox.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kInboxNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h};

seal::MessageId message(std::uint8_t number) { return {{number}}; }

// Notify's two lists, in pages of three.
class Inbox : public testing::Test {
 protected:
  static constexpr std::size_t kPage = 3;
  struct Entry {
    int id;
    std::string json;
  };

  void SetUp() override {
    service_.will_answer([this](const PushService::Request& request) { return answer(request); });
  }

  static std::string uuid(int id) { return fmt::format("740e5834-3a29-46b4-9a6f-{:012}", id); }

  // Each is newer than the ones before.
  void texted(int id, std::uint8_t number, std::string_view status) {
    texts_.push_front(
        {id,
         fmt::format(R"({{"id":"{}","reference":"{}","status":"{}","created_at":"{}"}})", uuid(id),
                     seal::to_text(message(number)), status, base::to_rfc3339(clock_.now()))});
  }
  void becomes(int id, std::string_view status) {
    const auto text = std::ranges::find(texts_, id, &Entry::id);
    const std::size_t from = text->json.find("\"status\":\"") + 10;
    text->json.replace(from, text->json.find('"', from) - from, status);
  }
  void heard(int id, std::string_view words) {
    replies_.push_front(
        {id, fmt::format(
                 R"({{"id":"{}","user_number":"447700900123","content":"{}","created_at":"{}"}})",
                 uuid(id), words, base::to_rfc3339(clock_.now()))});
  }

  PushService::Answer answer(const PushService::Request& request) {
    const std::string target = request.head.substr(4, request.head.find(" HTTP") - 4);
    asked_.push_back(target);
    const bool is_texts = target.starts_with("/v2/notifications?template_type=sms");
    if (const auto failure = failures_.find(target); failure != failures_.end())
      return {failure->second, ""};
    const std::deque<Entry>& list = is_texts ? texts_ : replies_;
    const std::size_t at = target.find("older_than=");
    std::size_t from = 0;
    if (at != std::string::npos)
      while (from < list.size() && uuid(list[from++].id) != target.substr(at + 11)) continue;
    std::string entries;
    for (std::size_t i = from; i < std::min(from + kPage, list.size()); ++i)
      entries += (i == from ? "" : ",") + list[i].json;
    return {"200 OK", fmt::format(R"({{"{}":[{}]}})",
                                  is_texts ? "notifications" : "received_text_messages", entries)};
  }

  // Everything that comes until there is a pause.
  Collected read() {
    Collected all;
    for (;;) {
      const Polling::Asked asked = inbox_.ask();
      const Collected& more = asked.collected;
      all.deliveries.insert(all.deliveries.end(), more.deliveries.begin(), more.deliveries.end());
      all.said.insert(all.said.end(), more.said.begin(), more.said.end());
      trouble_ = asked.trouble;
      pause_ = asked.pause;
      if (pause_.count() > 0) return all;
    }
  }
  Collected read_later() {
    clock_.advance(6min);
    return read();
  }
  // As Polling does.
  void pass(base::Milliseconds time) {
    const base::Instant end = clock_.now() + time;
    while (clock_.now() < end) {
      clock_.advance(std::min(pause_, end - clock_.now()));
      read();
    }
  }
  static std::vector<std::pair<int, Receipt>> receipts(const Collected& collected) {
    std::vector<std::pair<int, Receipt>> all;
    for (const Delivery& delivery : collected.deliveries)
      all.emplace_back(delivery.id.bytes[0], delivery.receipt);
    return all;
  }
  static std::string words(const Collected& collected) {
    std::string all;
    for (const Said& said : collected.said) all += said.words;
    std::ranges::sort(all);
    return all;
  }
  std::ptrdiff_t times_asked(std::string_view beginning) {
    return std::ranges::count_if(asked_, [&](const auto& a) { return a.starts_with(beginning); });
  }

  using Receipts = std::vector<std::pair<int, Receipt>>;
  base::VirtualClock clock_{kInboxNight};
  std::deque<Entry> texts_, replies_;
  std::map<std::string, std::string> failures_;
  std::vector<std::string> asked_;
  PushService service_;
  NotifyAccess access_{service_.origin(),
                       *parse_notify_key("x-26785a09-ab16-4eb0-8407-a37497a57506-"
                                         "3d844edf-8d35-48ac-975b-e847b4f122b0"),
                       clock_};
  NotifyInbox inbox_{access_, clock_, NotifyMedium::text};
  std::string trouble_;
  base::Milliseconds pause_{0};
};

TEST_F(Inbox, GivesEachOutcomeOnceAndAsItsReceipt) {
  const std::vector<std::pair<std::string, Receipt>> outcomes{
      {"delivered", Receipt::delivered},
      {"permanent-failure", Receipt::failed_for_good},
      {"temporary-failure", Receipt::failed_for_now},
      {"technical-failure", Receipt::failed_for_now},
      {"sent", Receipt::sent}};
  read();
  for (std::uint8_t i = 0; i < outcomes.size(); ++i) {
    inbox_.expect(message(i), Receipt::sent);
    texted(i, i, "sending");
  }
  EXPECT_EQ(receipts(read_later()), Receipts{});
  for (std::uint8_t i = 0; i < outcomes.size(); ++i) becomes(i, outcomes[i].first);
  auto found = receipts(read_later());
  std::ranges::sort(found);
  ASSERT_EQ(found.size(), outcomes.size());
  for (std::uint8_t i = 0; i < outcomes.size(); ++i) EXPECT_EQ(found[i].second, outcomes[i].second);
  EXPECT_EQ(receipts(read_later()), Receipts{});
}

TEST_F(Inbox, AsksNothingAboutTextsWhenNoneIsAwaited) {
  const auto asked = [&] { return times_asked("/v2/notifications"); };
  read();
  EXPECT_EQ(asked(), 1);  // what an earlier process sent
  pass(1h);
  EXPECT_EQ(asked(), 1);
  inbox_.expect(message(1), Receipt::sent);
  texted(1, 1, "sending");
  pass(5s);
  EXPECT_GT(asked(), 1);
  becomes(1, "delivered");
  EXPECT_EQ(receipts(read_later()), (Receipts{{1, Receipt::delivered}}));
  const auto before = asked();
  pass(1h);
  EXPECT_EQ(asked(), before);
}

TEST_F(Inbox, GoesOnWhereAnEarlierProcessEnded) {
  texted(1, 1, "delivered");
  texted(2, 2, "sending");
  auto first = receipts(read());
  std::ranges::sort(first);
  EXPECT_EQ(first, (Receipts{{1, Receipt::delivered}, {2, Receipt::sent}}));
  becomes(2, "delivered");
  EXPECT_EQ(receipts(read_later()), (Receipts{{2, Receipt::delivered}}));
}

// Whether Notify had it was unknown, so that it may be sent again in vain.
TEST_F(Inbox, FindsATextWhoseAnswerWasLost) {
  read();
  inbox_.expect(message(1), Receipt::unknown);
  texted(1, 1, "sending");
  EXPECT_EQ(receipts(read_later()), (Receipts{{1, Receipt::sent}}));
  EXPECT_EQ(receipts(read_later()), Receipts{});
}

TEST_F(Inbox, OfTwoTextsForOneMessageTheNewestCountsUnlessOneWasDelivered) {
  read();
  inbox_.expect(message(1), Receipt::sent);
  texted(1, 1, "temporary-failure");
  EXPECT_EQ(receipts(read_later()), (Receipts{{1, Receipt::failed_for_now}}));
  inbox_.expect(message(1), Receipt::sent);
  texted(2, 1, "sending");
  EXPECT_EQ(receipts(read_later()), Receipts{});
  becomes(1, "delivered");                        // after all
  EXPECT_EQ(receipts(read_later()), Receipts{});  // it had been settled
  becomes(2, "delivered");
  EXPECT_EQ(receipts(read_later()), (Receipts{{1, Receipt::delivered}}));
}

TEST_F(Inbox, ReadsAsManyPagesAsHaveOpenTexts) {
  for (int i = 1; i <= 10; ++i) {
    clock_.advance(2min);
    inbox_.expect(message(static_cast<std::uint8_t>(i)), Receipt::sent);
    texted(i, static_cast<std::uint8_t>(i), i == 3 ? "sending" : "delivered");
  }
  EXPECT_EQ(read().deliveries.size(), 9U);
  EXPECT_EQ(times_asked("/v2/notifications"), 5);  // the fifth is empty
  read_later();
  EXPECT_EQ(times_asked("/v2/notifications"), 8);  // down to the third text, and none before it
  becomes(3, "delivered");
  EXPECT_EQ(receipts(read_later()), (Receipts{{3, Receipt::delivered}}));
}

TEST_F(Inbox, AsksAtMostEveryFiveSecondsAndLessOftenWithTime) {
  const auto asked_in = [&](base::Milliseconds time) {
    const auto before = times_asked("/v2/received-text-messages");
    pass(time);
    return times_asked("/v2/received-text-messages") - before;
  };
  read();
  inbox_.expect(message(1), Receipt::sent);
  EXPECT_EQ(asked_in(1min), 12);
  pass(59min);
  EXPECT_LE(asked_in(10min), 10);
  pass(12h);
  EXPECT_LE(asked_in(1h), 12);
  inbox_.expect(message(2), Receipt::sent);
  EXPECT_EQ(asked_in(1min), 12);
}

TEST_F(Inbox, GivesWhatWasSaidOnce) {
  heard(1, "a");
  heard(2, "b");
  EXPECT_EQ(words(read()), "ab");
  EXPECT_EQ(words(read_later()), "");
  for (int i = 3; i <= 9; ++i) heard(i, "c");
  EXPECT_EQ(words(read_later()), "ccccccc");
  EXPECT_EQ(words(read_later()), "");
  replies_.insert(replies_.begin() + 1, replies_.front());  // listed twice
  heard(10, "d");
  EXPECT_EQ(words(read_later()), "d");
}

TEST_F(Inbox, FindsATextThatIsListedLate) {
  heard(1, "a");
  heard(2, "b");
  read();
  heard(3, "c");
  std::swap(replies_[0], replies_[1]);
  EXPECT_EQ(words(read_later()), "c");
}

TEST_F(Inbox, ReadsNothingOlderThanADay) {
  heard(1, "a");
  texted(1, 1, "delivered");
  clock_.advance(24h + 1s);
  heard(2, "b");
  texted(2, 2, "delivered");
  const Collected all = read();
  EXPECT_EQ(words(all), "b");
  EXPECT_EQ(receipts(all), (Receipts{{2, Receipt::delivered}}));
}

TEST_F(Inbox, GoesOnWithThePageThatCouldNotBeRead) {
  for (int i = 1; i <= 9; ++i) heard(i, std::string(1, static_cast<char>('a' + i)));
  const std::string second = "/v2/received-text-messages?older_than=" + uuid(7);
  for (const char* failure : {"500 Oh", "429 Busy", ""}) {
    failures_[second] = failure;
    read_later();
    EXPECT_NE(trouble_, "");
    EXPECT_EQ(pause_, 5s) << failure;
    EXPECT_EQ(asked_.back(), second) << failure;
  }
  failures_.clear();
  EXPECT_EQ(words(read_later()), "bcdefg");
  EXPECT_EQ(trouble_, "");
}

// The text before it may be gone from the list.
TEST_F(Inbox, BeginsAgainWhenAPageIsRefusedAndSaysNothingTwice) {
  for (int i = 1; i <= 9; ++i) heard(i, std::string(1, static_cast<char>('a' + i)));
  failures_["/v2/received-text-messages?older_than=" + uuid(7)] = "400 No";
  EXPECT_EQ(words(read()), "hij");
  failures_.clear();
  EXPECT_EQ(words(read_later()), "bcdefg");
}

TEST_F(Inbox, SaysWhyTheListsCannotBeRead) {
  failures_["/v2/received-text-messages"] = "403 No";
  read();
  EXPECT_NE(trouble_.find("API key"), std::string::npos);
  failures_["/v2/received-text-messages"] = "200 Nonsense";
  read_later();
  EXPECT_NE(trouble_.find("damaged"), std::string::npos);
}

TEST_F(Inbox, ComesBackLaterAndLaterWhileNotifyIsOut) {
  failures_["/v2/received-text-messages"] = "503 Down";
  read();
  pass(1h);
  EXPECT_GE(asked_.size(), 3'600 / 120);
  EXPECT_LE(asked_.size(), 150U);
  EXPECT_NE(trouble_, "");
  failures_.clear();
  pass(2min);
  EXPECT_EQ(trouble_, "");
}

}  // namespace
}  // namespace tocsin::channel
