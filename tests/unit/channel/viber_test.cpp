#include "channel/viber.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/fault.h"
#include "base/random.h"
#include "unit/channel/hook_box.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

const base::Instant kViberNight{1'764'547'200s};
const std::string kViberToken = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9";
const std::string kOk = R"({"status":0,"status_message":"ok","message_token":77})";

class Viber : public testing::Test {
 protected:
  Viber() {
    service_.will_answer([this](const auto&) { return answer_; });
  }

  std::unique_ptr<ViberChannel> viber(Broadcasting broadcasting = Broadcasting::no) {
    return std::make_unique<ViberChannel>(
        ViberAccess{service_.origin(), seal::SecretText{kViberToken}},
        ViberSettings{"St Elsewhere", "https://relay.example", broadcasting}, folder_.path(),
        clock_, Listen::when_asked, box_.at());
  }
  Outgoing<playbook::Nudge> nudge(std::string to = "01234567890A=", bool asks = false) {
    return {seal::random_message_id(entropy_),
            std::move(to),
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 20min,
            Urgency::high,
            asks};
  }
  json sent(std::size_t number) { return json::parse(service_.requests().at(number).body); }
  Delivery after(std::string head, std::string body = "") {
    answer_ = {std::move(head), std::move(body)};
    const Outgoing<playbook::Nudge> one = nudge();
    return viber()->send({&one, 1}).at(0);
  }
  Delivery says(int status) {
    return after("200 OK",
                 fmt::format(R"({{"status":{},"status_message":"01234567890A="}})", status));
  }

  home::TemporaryFolder folder_;
  seal::Entropy entropy_;
  base::VirtualClock clock_{kViberNight};
  HookBox box_{"viber"};
  PushService::Answer answer_{"200 OK", kOk};
  PushService service_;
};

TEST_F(Viber, SaysWhatTheManualSaysAndNothingElse) {
  const Outgoing<playbook::Nudge> one = nudge();
  EXPECT_EQ(viber()->send({&one, 1}).at(0).receipt, Receipt::sent);
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_TRUE(requests[0].head.starts_with("POST /pa/send_message HTTP/1.1\r\n"));
  EXPECT_EQ(requests[0].header("X-Viber-Auth-Token"), kViberToken);
  EXPECT_EQ(sent(0), (json{{"receiver", "01234567890A="},
                           {"type", "text"},
                           {"sender", {{"name", "St Elsewhere"}}},
                           {"text", "Incident message: open https://relay.example"},
                           {"min_api_version", 1}}));
}

TEST_F(Viber, OffersTheAnswersBelowAMessageThatAsksForOne) {
  const Outgoing<playbook::Nudge> one = nudge("01234567890A=", true);
  viber()->send({&one, 1});
  const json keyboard = sent(0).at("keyboard");
  EXPECT_EQ(keyboard.at("Type"), "keyboard");
  ASSERT_EQ(keyboard.at("Buttons").size(), 8U);
  EXPECT_EQ(keyboard.at("Buttons").at(0), (json{{"Columns", 3},
                                                {"Rows", 1},
                                                {"ActionType", "reply"},
                                                {"ActionBody", seal::to_text(one.id) + ":Y 15"},
                                                {"Text", "Coming in 15 min"},
                                                {"Silent", true}}));
}

TEST_F(Viber, BroadcastsTheSameToManyWhereItMay) {
  std::vector<Outgoing<playbook::Nudge>> batch;
  for (int i = 0; i < 302; ++i) batch.push_back(nudge(fmt::format("A{:011}=", i), true));
  batch.push_back(nudge("A00000000001=", true));   // again
  batch.push_back(nudge("A00000000002=", false));  // other buttons
  answer_.body =
      R"({"status":0,"message_token":77,"failed_list":[{"receiver":"A00000000007=","status":6}]})";
  const auto deliveries = viber(Broadcasting::yes)->send(batch);
  for (std::size_t i = 0; i < batch.size(); ++i)
    EXPECT_EQ(deliveries[i].receipt, i == 7 ? Receipt::failed_for_good : Receipt::sent) << i;
  std::multiset<std::size_t> sizes;
  for (const auto& request : service_.requests()) {
    EXPECT_LE(request.body.size(), 30'000U);
    const json body = json::parse(request.body);
    sizes.insert(body.contains("broadcast_list") ? body.at("broadcast_list").size() : 1U);
    EXPECT_EQ(body.contains("receiver"), request.head.starts_with("POST /pa/send_message"));
  }
  EXPECT_EQ(sizes, (std::multiset<std::size_t>{1, 1, 2, 300}));
}

TEST_F(Viber, ATapOfABroadcastIsAboutThePersonsOwnMessage) {
  const std::vector<Outgoing<playbook::Nudge>> batch{nudge("01234567890A=", true),
                                                     nudge("01234567890B=", true)};
  const auto channel = viber(Broadcasting::yes);
  channel->send(batch);
  const std::string button =
      sent(0).at("keyboard").at("Buttons").at(7).at("ActionBody").get<std::string>();
  box_.post(
      fmt::format(R"({{"event":"message","timestamp":1764547100000,"message_token":5,)"
                  R"("sender":{{"id":"01234567890B="}},"message":{{"type":"text","text":"{}"}}}})",
                  button),
      kViberNight);
  const Collected heard = channel->collect(0ms);
  ASSERT_EQ(heard.said.size(), 1U);
  EXPECT_EQ(heard.said[0].words, "N");
  EXPECT_EQ(heard.said[0].about, batch[1].id);
}

TEST_F(Viber, EveryAnswerHasItsMeaning) {
  EXPECT_EQ(says(0).receipt,
            Receipt::sent);  // without a name receipts are not heard
  EXPECT_EQ(says(2).receipt, Receipt::failed_for_now);
  EXPECT_EQ(says(6).receipt, Receipt::failed_for_good);
  EXPECT_EQ(says(12).receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("200 OK", "{}").receipt, Receipt::unknown);
  EXPECT_EQ(after("200 OK", "<html>").receipt, Receipt::unknown);
  EXPECT_EQ(after("").receipt, Receipt::unknown);
  EXPECT_EQ(after("401 No", kOk).receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("404 None", kOk).receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("408 Slow").receipt, Receipt::unknown);
  EXPECT_EQ(after("429 Many").receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("500 Oh", kOk).receipt, Receipt::unknown);
  EXPECT_EQ(after("301 There\r\nLocation: /other").receipt, Receipt::failed_for_good);
}

TEST_F(Viber, RefusesWhatViberWouldNotTake) {
  auto late = nudge();
  late.expires = clock_.now();
  for (const auto& one : {late, nudge("+447700900123"), nudge("")})
    EXPECT_EQ(viber()->send({&one, 1}).at(0).receipt, Receipt::failed_for_good);
  EXPECT_TRUE(service_.requests().empty());
}

TEST_F(Viber, SendsNoMoreThanItsAllowanceAndNothingWhileViberIsBusy) {
  const std::vector<Outgoing<playbook::Nudge>> batch(102, nudge());
  const auto channel = viber();
  const auto deliveries = channel->send(batch);
  EXPECT_EQ(service_.requests().size(), 100U);
  EXPECT_EQ(deliveries[101].receipt, Receipt::failed_for_now);
  EXPECT_EQ(channel->room().messages, 0U);
  clock_.advance(10s);
  EXPECT_EQ(channel->room().messages, 20U);
  EXPECT_EQ(viber(Broadcasting::yes)->room().messages, 6'000U);
  answer_ = {"200 OK\r\nRetry-After: 7", R"({"status":12})"};
  EXPECT_EQ(channel->send({batch.data(), 1}).at(0).retry_after, 7s);
  EXPECT_EQ(channel->send({batch.data(), 1}).at(0).reason, "Viber takes no more at the moment");
  EXPECT_EQ(service_.requests().size(), 101U);
}

TEST_F(Viber, NoReasonSaysTheTokenOrWhatViberSaid) {
  for (int status = 0; status < 30; ++status) {
    const std::string reason = says(status).reason;
    EXPECT_EQ(reason.find("01234567890"), std::string::npos) << status;
    EXPECT_EQ(reason.find("445da6"), std::string::npos) << status;
  }
}

class ViberMake : public Viber {
 protected:
  // The fault; empty when there is none.
  std::string make(const contact::Settings& changed) {
    contact::Settings settings{
        {"name", "St Elsewhere"}, {"token", "token"}, {"hook", "https://relay.example/hook/viber"}};
    for (const auto& [key, value] : changed) settings[key] = value;
    base::SeededRandom random{1};
    const seal::Identity identity = seal::Identity::generate(random);
    const seal::Certificate certificate{};
    const Parts parts{
        .home = folder_.path(),
        .relay = {},
        .coordinator = identity,
        .certificate = certificate,
        .incident = identity,
        .clock = clock_,
        .hook_key = [&](std::string_view) { return seal::Identity::generate(random); }};
    try {
      ViberChannel::make(settings, parts);
    } catch (const base::Fault& fault) {
      return fault.what();
    }
    return {};
  }
  void write_token(std::string_view text, mode_t mode = 0600) {
    std::ofstream{folder_.path() / "token"} << text;
    ::chmod((folder_.path() / "token").c_str(), mode);
  }
};

TEST_F(ViberMake, RefusesWhatCannotBeUsed) {
  write_token(kViberToken + "\n");
  EXPECT_EQ(make({}), "");
  EXPECT_EQ(make({{"broadcast", "yes"}, {"name", "Klinik Überlingen, Notruf 1a"}}), "");
  EXPECT_NE(make({{"name", ""}}).find("the name"), std::string::npos);
  EXPECT_NE(make({{"name", std::string(29, 'x')}}).find("the name"), std::string::npos);
  EXPECT_NE(make({{"hook", "https://relay.example/viber"}}).find("hook"), std::string::npos);
  EXPECT_NE(make({{"url", "http://chat.example"}}).find("show its secret"), std::string::npos);
}

TEST_F(ViberMake, ReadsTheTokenFromAFileOfItsOwnerAndShowsNothingOfIt) {
  write_token("a token with blanks in it");
  EXPECT_NE(make({}).find("holds no token"), std::string::npos);
  EXPECT_EQ(make({}).find("blanks"), std::string::npos);
  write_token(kViberToken, 0640);
  EXPECT_NE(make({}).find("others can read it"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::channel
