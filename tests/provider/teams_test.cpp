// The channel teams against a simulator of Microsoft's sign-in and of Microsoft Graph.
#include "channel/teams.h"

#include <fmt/format.h>

#include <set>

#include "provider/provider_process.h"
#include "seal/entropy.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Delivery;
using channel::Receipt;
using channel::TeamsChannel;
using nlohmann::json;
using Nudge = channel::Outgoing<playbook::Nudge>;

const std::string kTenant = "8d1c0f2e-0b0e-4a3c-9d0a-1f5b8d7c6e21";
const std::string kApp = "26785a09-ab16-4eb0-8407-a37497a57506";

class TeamsProvider : public testing::Test {
 protected:
  void SetUp() override { connect(); }
  void connect(const std::string& secret = "s3cret") {
    channel_ = std::make_unique<TeamsChannel>(
        channel::TeamsAccount{provider_.origin(), provider_.origin(), kTenant, kApp,
                              seal::SecretText{secret}},
        channel::TeamsSettings{"https://teams.microsoft.com/l/entity/x", "https://relay.example"},
        clock_);
  }
  Nudge message(int person = 1) {
    return {
        seal::random_message_id(entropy_),
        fmt::format("{:08x}-0b0e-4a3c-9d0a-1f5b8d7c6e21", person == 0 ? 0 : 0x10000000 + person),
        playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                        playbook::Meaning::come},
        clock_.now() + 48h, channel::Urgency::high};
  }
  Receipt send() {
    const Nudge one = message();
    return channel_->send({&one, 1}).at(0).receipt;
  }
  void fails(json fault) { provider_.control({{"faults", json::array({std::move(fault)})}}); }

  seal::Entropy entropy_;
  ForwardClock clock_;
  ProviderProcess provider_{{"teams", "--tenant", kTenant, "--app", kApp}};
  std::unique_ptr<TeamsChannel> channel_;
};

TEST_F(TeamsProvider, TellsEverybodyOnceButWhoIsUnknown) {
  std::vector<Nudge> batch;
  for (int person = 0; person < 150; ++person) batch.push_back(message(person));
  const auto deliveries = channel_->send(batch);
  EXPECT_EQ(deliveries.front().receipt, Receipt::failed_for_good);
  for (std::size_t i = 1; i < batch.size(); ++i) EXPECT_EQ(deliveries[i].receipt, Receipt::sent);
  const json seen = provider_.control();
  std::set<std::string> told;
  for (const json& one : seen.at("told")) {
    EXPECT_TRUE(told.insert(one.at("to")).second) << "twice";
    EXPECT_EQ(one.at("text"), "Incident message: open https://relay.example");
  }
  EXPECT_EQ(told.size(), 149U);
  EXPECT_EQ(seen.at("tokens"), 1);
}

// A token lives for an hour, and a notification wants one that lives for 45 minutes more.
TEST_F(TeamsProvider, AlwaysHasATokenThatLivesLongEnough) {
  for (int i = 0; i < 12; ++i) {
    EXPECT_EQ(send(), Receipt::sent);
    provider_.advance(clock_, 7min);
  }
  const json seen = provider_.control();
  EXPECT_TRUE(seen.at("refused").empty()) << seen.at("refused");
  EXPECT_GT(seen.at("tokens"), 3);
}

TEST_F(TeamsProvider, FailsInEveryWayAndNobodyIsForgotten) {
  fails({{"kind", "reset"}, {"path", "/" + kTenant}});
  EXPECT_EQ(send(), Receipt::failed_for_now);  // there is no token yet
  fails({{"kind", "garbage"}, {"body", "<html>"}, {"path", "/" + kTenant}});
  EXPECT_EQ(send(), Receipt::failed_for_now);
  EXPECT_EQ(send(), Receipt::sent);
  for (const char* kind : {"reset", "lost"}) {
    fails({{"kind", kind}, {"path", "/v1.0"}});
    EXPECT_EQ(send(), Receipt::unknown) << kind;
  }
  fails({{"kind", "status"}, {"status", 500}, {"path", "/v1.0"}});
  EXPECT_EQ(send(), Receipt::unknown);
  fails({{"kind", "garbage"}, {"body", "<html>"}, {"path", "/v1.0"}});
  EXPECT_EQ(send(), Receipt::unknown);
  fails({{"kind", "status"}, {"status", 401}, {"path", "/v1.0"}});
  EXPECT_EQ(send(), Receipt::failed_for_now);
  EXPECT_EQ(send(), Receipt::sent);  // with another token
  connect("wrong");
  EXPECT_EQ(send(), Receipt::failed_for_now);
}

}  // namespace
}  // namespace tocsin::provider
