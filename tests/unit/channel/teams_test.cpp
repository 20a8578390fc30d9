#include "channel/teams.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/fault.h"
#include "base/file.h"
#include "base/random.h"
#include "seal/entropy.h"
#include "unit/channel/push_service.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

const std::string kAppId = "8d1c0f2e-0b0e-4a3c-9d0a-1f5b8d7c6e21";
const std::string kAna = "11111111-0b0e-4a3c-9d0a-1f5b8d7c6e21";
const std::string kBen = "22222222-0b0e-4a3c-9d0a-1f5b8d7c6e21";
const std::string kStranger = "33333333-0b0e-4a3c-9d0a-1f5b8d7c6e21";

class Teams : public testing::Test {
 protected:
  Teams() { will_answer("202 Accepted"); }
  // To each request but the one for a token.
  void will_answer(const std::string& status) {
    service_.will_answer([=, this](const PushService::Request& request) {
      if (request.head.starts_with("POST /tenant/"))
        return PushService::Answer{"200 OK", R"({"access_token":"t","expires_in":3599})"};
      const bool knows_all = request.body.find(kStranger) == std::string::npos;
      return PushService::Answer{knows_all ? status : "400 Bad Request", ""};
    });
  }
  Outgoing<playbook::Nudge> message(std::string to = kAna) {
    return {seal::random_message_id(entropy_), std::move(to),
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 20min, Urgency::high};
  }
  Receipt send() {
    const auto one = message();
    return channel().send({&one, 1}).at(0).receipt;
  }
  TeamsChannel channel() {
    return {TeamsAccount{service_.origin(), service_.origin(), "tenant", kAppId,
                         seal::SecretText{"secret"}},
            TeamsSettings{"https://teams.microsoft.com/l/entity/x", "https://relay.example"},
            clock_};
  }

  PushService service_;
  base::VirtualClock clock_{base::Instant{1'764'547'200s}};
  seal::Entropy entropy_;
};

TEST_F(Teams, SaysWhatTheManualSaysAndNothingElse) {
  const std::vector<Outgoing<playbook::Nudge>> batch{message(kAna), message(kBen)};
  for (const Delivery& delivery : channel().send(batch)) EXPECT_EQ(delivery.receipt, Receipt::sent);
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_TRUE(requests[1].head.starts_with(
      "POST /v1.0/teamwork/sendActivityNotificationToRecipients HTTP/1.1\r\n"));
  EXPECT_EQ(requests[1].header("Authorization"), "Bearer t");
  const std::string nudge = "Incident message: open https://relay.example";
  const std::string type = "microsoft.graph.aadUserNotificationRecipient";
  EXPECT_EQ(json::parse(requests[1].body),
            json({{"topic",
                   {{"source", "text"},
                    {"value", nudge},
                    {"webUrl", "https://teams.microsoft.com/l/entity/x"}}},
                  {"activityType", "systemDefault"},
                  {"previewText", {{"content", nudge}}},
                  {"templateParameters",
                   json::array({{{"name", "systemDefaultText"}, {"value", nudge}}})},
                  {"recipients", json::array({{{"@odata.type", type}, {"userId", kAna}},
                                              {{"@odata.type", type}, {"userId", kBen}}})}}));
}

TEST_F(Teams, TellsAHundredInARequestAndEverybodyOnce) {
  std::vector<Outgoing<playbook::Nudge>> batch;
  for (int i = 0; i < 250; ++i)
    batch.push_back(message(fmt::format("{:08}-0b0e-4a3c-9d0a-1f5b8d7c6e21", i)));
  for (const Delivery& delivery : channel().send(batch)) EXPECT_EQ(delivery.receipt, Receipt::sent);
  std::multiset<std::string> told;
  const auto requests = service_.requests();
  EXPECT_EQ(requests.size(), 4U);
  for (std::size_t r = 1; r < requests.size(); ++r) {
    const json body = json::parse(requests[r].body);
    for (const json& one : body.at("recipients")) told.insert(one.at("userId").get<std::string>());
  }
  EXPECT_EQ(told.size(), 250U);
  EXPECT_EQ(std::set<std::string>(told.begin(), told.end()).size(), 250U);
}

// One person whom Microsoft does not know keeps it from nobody else.
TEST_F(Teams, TellsTheOthersWhenOneIsUnknown) {
  std::vector<Outgoing<playbook::Nudge>> batch{message(kAna), message(kStranger), message(kBen)};
  const auto deliveries = channel().send(batch);
  EXPECT_EQ(deliveries[0].receipt, Receipt::sent);
  EXPECT_EQ(deliveries[1].receipt, Receipt::failed_for_good);
  EXPECT_EQ(deliveries[2].receipt, Receipt::sent);
}

TEST_F(Teams, MeansWhatTheManualSays) {
  const auto after = [&](const std::string& status) {
    will_answer(status);
    return send();
  };
  EXPECT_EQ(after("400 Bad"), Receipt::failed_for_good);
  EXPECT_EQ(after("401 No"), Receipt::failed_for_now);
  EXPECT_EQ(after("403 No"), Receipt::failed_for_good);
  EXPECT_EQ(after("412 Old"), Receipt::failed_for_now);
  EXPECT_EQ(after("418 Teapot"), Receipt::failed_for_good);
  EXPECT_EQ(after("500 Trouble"), Receipt::unknown);
  EXPECT_EQ(after("200 OK"), Receipt::unknown);
  EXPECT_EQ(after(""), Receipt::unknown);
}

TEST_F(Teams, WaitsAsLongAsItIsTold) {
  will_answer("429 Busy\r\nRetry-After: 17");
  TeamsChannel teams = channel();
  const auto one = message();
  const Delivery busy = teams.send({&one, 1}).at(0);
  EXPECT_EQ(busy.receipt, Receipt::failed_for_now);
  EXPECT_EQ(busy.retry_after, 17s);
  EXPECT_EQ(teams.room().messages, 0U);
  clock_.advance(17s);
  EXPECT_GT(teams.room().messages, 0U);
}

TEST_F(Teams, SendsNothingToAnAddressThatIsNoId) {
  const auto one = message("ana@example.org");
  EXPECT_EQ(channel().send({&one, 1}).at(0).receipt, Receipt::failed_for_good);
  EXPECT_TRUE(service_.requests().empty());
}

TEST_F(Teams, SendsNothingWithoutAToken) {
  service_.will_answer([](const auto&) { return PushService::Answer{"401 No", ""}; });
  EXPECT_EQ(send(), Receipt::failed_for_now);
  EXPECT_EQ(service_.requests().size(), 1U);
}

TEST_F(Teams, IsMadeWithIdsASecretAndALinkOfTeams) {
  const home::TemporaryFolder folder;
  base::write_file(folder.path() / "secret", base::bytes_of("s3cret\n"), base::Access::owner_only);
  base::SeededRandom random{1};
  const seal::Identity identity = seal::Identity::generate(random);
  const seal::Certificate certificate{};
  const Parts parts{.home = folder.path(),
                    .relay = {},
                    .coordinator = identity,
                    .certificate = certificate,
                    .incident = identity,
                    .clock = clock_};
  const contact::Settings good{{"tenant", kAppId},
                               {"app", kAppId},
                               {"secret", "secret"},
                               {"opens", "https://teams.microsoft.com/l/entity/x"}};
  EXPECT_EQ(TeamsChannel::make(good, parts)->name(), "teams");
  const std::pair<const char*, std::string> kWrong[] = {
      {"tenant", "contoso"},
      {"app", ""},
      {"secret", "gone"},
      {"opens", "https://relay.example"},
      {"opens", "https://teams.microsoft.com/l/" + std::string(1'024, 'x')}};
  for (const auto& [key, value] : kWrong) {
    contact::Settings wrong = good;
    wrong[key] = value;
    EXPECT_THROW(TeamsChannel::make(wrong, parts), base::Fault) << key;
  }
}

}  // namespace
}  // namespace tocsin::channel
