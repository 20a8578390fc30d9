// The channel sms against a simulator of GOV.UK Notify that checks its tokens, holds its limits and
// fails as it is told.
#include "channel/notify.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "provider/as_driver.h"
#include "seal/entropy.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::Delivery;
using channel::NotifyChannel;
using channel::Receipt;
using nlohmann::json;

const std::string kKey =
    "call-ins-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0";
using Nudge = channel::Outgoing<playbook::Nudge>;

class NotifyProvider : public testing::Test {
 protected:
  void start(std::vector<std::string> options = {}) {
    options.insert(options.begin(), {"notify", "--key", kKey});
    provider_ = std::make_unique<ProviderProcess>(options);
    channel_ = channel();
  }
  std::unique_ptr<NotifyChannel> channel(channel::Listen listen = channel::Listen::when_asked,
                                         const std::string& key = kKey) {
    return std::make_unique<NotifyChannel>(
        *channel::parse_notify_key(key),
        channel::NotifySettings{provider_->origin(), "5d2f1c7e-0b0e-4a3c-9d0a-1f5b8d7c6e21",
                                "https://relay.example", medium_},
        clock_, listen);
  }
  Nudge text(const std::string& number = "+447700900123") {
    return {seal::random_message_id(entropy_), number,
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 6h, channel::Urgency::high};
  }
  Receipt send(const Nudge& one) { return channel_->send({&one, 1}).at(0).receipt; }
  Receipts send_all(std::vector<Nudge> batch) {
    return send_until_done(*channel_, *provider_, clock_, std::move(batch));
  }
  Collected collect() { return take_in(*channel_); }
  Collected collect_later(base::Milliseconds later = 20s) {
    provider_->advance(clock_, later);
    return collect();
  }
  static std::map<seal::MessageId, Receipt> receipts(const Collected& collected) {
    std::map<seal::MessageId, Receipt> all;
    for (const Delivery& delivery : collected.deliveries)
      EXPECT_TRUE(all.emplace(delivery.id, delivery.receipt).second) << "twice";
    return all;
  }
  void fails(json fault) { provider_->control({{"faults", json::array({std::move(fault)})}}); }
  json texts() { return provider_->control().at("texts"); }

  seal::Entropy entropy_;
  ForwardClock clock_;
  channel::NotifyMedium medium_ = channel::NotifyMedium::text;
  std::unique_ptr<ProviderProcess> provider_;
  std::unique_ptr<NotifyChannel> channel_;
};

TEST_F(NotifyProvider, TakesANudgeAndNothingElse) {
  start();
  const Nudge one = text();
  EXPECT_EQ(send(one), Receipt::sent);
  const json seen = texts().at(0);
  EXPECT_EQ(seen.at("to"), "+447700900123");
  EXPECT_EQ(seen.at("message"), "Incident message: open https://relay.example");
  EXPECT_EQ(seen.at("reference"), seal::to_text(one.id));
}

TEST_F(NotifyProvider, SaysWhatBecameOfEachOfManyTexts) {
  start();
  std::vector<Nudge> batch(600, text());
  for (Nudge& one : batch) one.id = seal::random_message_id(entropy_);
  batch[7].address = "+447700900002";
  batch[590].address = "+447700900003";
  for (const auto& [id, receipt] : send_all(batch)) EXPECT_EQ(receipt, Receipt::sent);
  EXPECT_TRUE(collect_later().deliveries.empty());  // on their way
  provider_->control({{"settle", true}, {"twice", true}});
  const auto outcomes = receipts(collect_later());
  ASSERT_EQ(outcomes.size(), batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i)
    EXPECT_EQ(outcomes.at(batch[i].id), i == 7     ? Receipt::failed_for_good
                                        : i == 590 ? Receipt::failed_for_now
                                                   : Receipt::delivered);
  EXPECT_FALSE(collect_later().has_any());
  // Another process, later in the night, learns the same.
  channel_ = channel();
  EXPECT_EQ(receipts(collect_later()), outcomes);
}

// 3,100 take 62 s at the limit.
TEST_F(NotifyProvider, IsNeverAskedForMoreThanItsLimit) {
  start();
  std::vector<Nudge> batch(3'100, text());
  for (Nudge& one : batch) one.id = seal::random_message_id(entropy_);
  const base::Instant begun = clock_.now();
  EXPECT_EQ(send_all(batch).size(), batch.size());
  EXPECT_LE(clock_.now() - begun, 68s + 10s);  // and what this machine took
  const json seen = provider_->control();
  EXPECT_EQ(seen.at("texts").size(), batch.size());
  EXPECT_TRUE(seen.at("refused").empty()) << seen.at("refused");
  EXPECT_LE(seen.at("most_in_a_minute"), 3'000);
}

TEST_F(NotifyProvider, IsAskedLessWhenSomebodyElseUsesItsLimit) {
  start({"--per-minute", "100"});
  std::vector<Nudge> batch(250, text());
  for (Nudge& one : batch) one.id = seal::random_message_id(entropy_);
  for (const auto& [id, receipt] : send_all(batch)) EXPECT_EQ(receipt, Receipt::sent);
  const json seen = provider_->control();
  std::set<std::string> references;
  for (const json& one : seen.at("texts")) references.insert(one.at("reference"));
  EXPECT_EQ(references.size(), batch.size());
  EXPECT_EQ(seen.at("texts").size(), batch.size());  // nobody got two
  EXPECT_GT(seen.at("refused").at("RateLimitError"), 0);
}

TEST_F(NotifyProvider, HasALimitForTheDay) {
  start({"--per-day", "3"});
  std::vector<Nudge> batch(20, text());
  const auto deliveries = channel_->send(batch);
  const auto sent = std::ranges::count(deliveries, Receipt::sent, &Delivery::receipt);
  EXPECT_EQ(sent, 3);
  EXPECT_EQ(std::ranges::count(deliveries, Receipt::failed_for_good, &Delivery::receipt), 17);
  const json before = provider_->control().at("requests");
  EXPECT_EQ(send(text()), Receipt::failed_for_good);
  EXPECT_EQ(provider_->control().at("requests"), before);  // it is not even asked
}

TEST_F(NotifyProvider, FailsInEveryWayAndNobodyIsForgotten) {
  start();
  const std::string path = "/v2/notifications/sms";
  fails({{"kind", "reset"}, {"path", path}});
  EXPECT_EQ(send(text()), Receipt::unknown);
  fails({{"kind", "status"}, {"status", 500}, {"path", path}});
  EXPECT_EQ(send(text()), Receipt::failed_for_now);
  fails({{"kind", "garbage"}, {"body", "<html>"}, {"path", path}});
  EXPECT_EQ(send(text()), Receipt::unknown);
  fails({{"kind", "status"}, {"status", 429}, {"path", path}, {"headers", {{"Retry-After", "3"}}}});
  EXPECT_EQ(send(text()), Receipt::failed_for_now);
  EXPECT_EQ(channel_->room().messages, 0U);
  provider_->advance(clock_, 3s);
  fails({{"kind", "slow"}, {"seconds", 0.2}, {"path", path}});
  EXPECT_EQ(send(text()), Receipt::sent);
  EXPECT_EQ(texts().size(), 1U);
}

// Notify had it, and said so to nobody.
TEST_F(NotifyProvider, TellsInItsListOfATextWhoseAnswerWasLost) {
  start();
  collect();
  for (const char* kind : {"lost", "cut"}) {
    fails({{"kind", kind}, {"path", "/v2/notifications/sms"}});
    const Nudge one = text();
    EXPECT_EQ(send(one), Receipt::unknown) << kind;
    EXPECT_EQ(receipts(collect_later()),
              (std::map<seal::MessageId, Receipt>{{one.id, Receipt::sent}}));
  }
}

// libcurl by itself sends again what went over a connection that was used before and ends.
TEST_F(NotifyProvider, IsSentNothingTwiceOverAConnectionThatEnds) {
  start();
  EXPECT_EQ(send(text()), Receipt::sent);
  fails({{"kind", "lost"}, {"path", "/v2/notifications/sms"}});
  EXPECT_EQ(send(text()), Receipt::unknown);
  EXPECT_EQ(texts().size(), 2U);
}

TEST_F(NotifyProvider, RefusesAForeignKeyAndAWrongClock) {
  start();
  channel_ = channel(channel::Listen::when_asked,
                     "x-26785a09-ab16-4eb0-8407-a37497a57506-00000000-8d35-48ac-975b-e847b4f122b0");
  EXPECT_EQ(send(text()), Receipt::failed_for_now);
  EXPECT_EQ(send(text()), Receipt::failed_for_now);
  collect();
  EXPECT_NE(channel_->trouble().find("API key"), std::string::npos);

  channel_ = channel();
  provider_->control({{"advance", 300}});  // this machine's clock is five minutes slow
  EXPECT_EQ(send(text()), Receipt::failed_for_now);
  EXPECT_EQ(send(text()), Receipt::sent);
}

TEST_F(NotifyProvider, RefusesWhatIsNoMobileNumber) {
  start();
  EXPECT_EQ(send(text("+441632960123")), Receipt::failed_for_good);
  EXPECT_EQ(send(text("Ana")), Receipt::failed_for_good);
  EXPECT_TRUE(texts().empty());
}

TEST_F(NotifyProvider, GivesWhatPeopleTextBackOnce) {
  start();
  json heard = json::array({{{"from", "447700900123"}, {"content", std::string("Y 20\0\u202e", 8)}},
                            {{"from", "60006"}, {"content", "you have won"}}});
  for (int i = 0; i < 300; ++i)
    heard.push_back({{"from", fmt::format("447700900{:03}", i)}, {"content", "no"}});
  provider_->control({{"hear", heard}, {"twice", true}});
  const Collected first = collect();
  EXPECT_EQ(first.said.size(), 301U);
  std::set<seal::MessageId> ids;
  for (const channel::Said& said : first.said) EXPECT_TRUE(ids.insert(said.id).second);
  EXPECT_TRUE(std::ranges::any_of(first.said, [](const channel::Said& said) {
    return said.from == "+447700900123" && said.words.starts_with("Y 20");
  }));
  EXPECT_TRUE(collect_later(6min).said.empty());

  provider_->control({{"hear", json::array({{{"from", "447700900123"}, {"content", "N"}}})}});
  const Collected next = collect_later(6min);
  ASSERT_EQ(next.said.size(), 1U);
  EXPECT_EQ(next.said[0].words, "N");
  // A restart gives the same, under the same ids.
  channel_ = channel();
  ids.insert(next.said[0].id);
  std::set<seal::MessageId> again;
  for (const channel::Said& said : collect_later().said) again.insert(said.id);
  EXPECT_EQ(again, ids);
}

TEST_F(NotifyProvider, IsHeardInTheBackground) {
  start();
  provider_->control({{"hear", json::array({{{"from", "447700900123"}, {"content", "Y 20"}}})}});
  channel_ = channel(channel::Listen::background);
  EXPECT_EQ(channel_->collect(30s).said.size(), 1U);
}

// The end does not wait for an answer that never comes.
TEST_F(NotifyProvider, IsLeftWhileItHangs) {
  start();
  fails({{"kind", "hang"}, {"path", "/v2/"}, {"times", 2}});
  channel_ = channel(channel::Listen::background);
  while (provider_->control().at("requests").empty()) continue;
  channel_.reset();
}

class NotifyMails : public NotifyProvider {
 protected:
  NotifyMails() { medium_ = channel::NotifyMedium::email; }
};

TEST_F(NotifyMails, TakeANudgeAndNothingElse) {
  start();
  const Nudge one = text("ana@hospital.test");
  EXPECT_EQ(channel_->name(), "email");
  EXPECT_EQ(send(one), Receipt::sent);
  const json seen = texts().at(0);
  EXPECT_EQ(seen.at("to"), "ana@hospital.test");
  EXPECT_EQ(seen.at("message"), "Incident message: open https://relay.example");
  EXPECT_EQ(seen.at("subject"), "Incident message: open");
  EXPECT_EQ(seen.at("reference"), seal::to_text(one.id));
}

TEST_F(NotifyMails, HaveAnOutcomeAndNoAnswers) {
  start();
  const std::vector<Nudge> batch{text("ana@hospital.test"), text("perm-fail@simulator.notify"),
                                 text("temp-fail@simulator.notify"), text("ana")};
  EXPECT_EQ(channel_->send(batch)[3].receipt, Receipt::failed_for_good);
  provider_->control(
      {{"settle", true}, {"hear", json::array({{{"from", "447700900123"}, {"content", "Y 20"}}})}});
  const Collected heard = collect_later();
  EXPECT_EQ(receipts(heard),
            (std::map<seal::MessageId, Receipt>{{batch[0].id, Receipt::delivered},
                                                {batch[1].id, Receipt::failed_for_good},
                                                {batch[2].id, Receipt::failed_for_now}}));
  EXPECT_TRUE(heard.said.empty());
  for (const Delivery& delivery : heard.deliveries)
    EXPECT_EQ(delivery.reason.find("telephone"), std::string::npos);
  EXPECT_FALSE(provider_->control().at("requests").contains("GET /v2/received-text-messages"));
}

}  // namespace
}  // namespace tocsin::provider
