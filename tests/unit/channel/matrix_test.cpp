#include "channel/matrix.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "base/fault.h"
#include "base/text.h"
#include "seal/entropy.h"
#include "unit/channel/homeserver.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

const base::Instant kMatrixNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                                 40min};
constexpr std::string_view kAccessToken = "syt_Y2FsbC1pbnM_sLCgWqXAuqPEGgQbdnRk_1Ha7lO";

class Matrix : public testing::Test {
 protected:
  std::unique_ptr<MatrixChannel> matrix(MatrixLimits limits = MatrixLimits::usual) {
    return std::make_unique<MatrixChannel>(
        seal::SecretText{kAccessToken},
        MatrixSettings{server_.service.origin(), "https://relay.example", limits}, clock_,
        Listen::when_asked);
  }
  Outgoing<playbook::Nudge> nudge(std::string person = "@ana:b") {
    Outgoing<playbook::Nudge> one{
        seal::random_message_id(entropy_), std::move(person),
        playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                        playbook::Meaning::come},
        clock_.now() + 20min, Urgency::high};
    one.asks = true;
    return one;
  }
  Delivery after(const char* head, std::string body = "") {
    server_.failures = {{"PUT rooms/", head}};
    server_.failure_body = std::move(body);
    const Outgoing<playbook::Nudge> one = nudge();
    return matrix()->send({&one, 1}).at(0);
  }

  seal::Entropy entropy_;
  base::VirtualClock clock_{kMatrixNight};
  Homeserver server_;
};

TEST_F(Matrix, SaysWhatTheManualSaysAndNothingElse) {
  const Outgoing<playbook::Nudge> one = nudge();
  EXPECT_EQ(matrix()->send({&one, 1}).at(0).receipt, Receipt::sent);
  const PushService::Request asked = server_.service.requests().back();
  EXPECT_TRUE(asked.head.starts_with(
      fmt::format("PUT /_matrix/client/v3/rooms/%21made1%3Ab/send/m.room.message/{} HTTP/1.1\r\n",
                  seal::to_text(one.id))));
  std::set<std::string> names;
  for (const std::string_view line : base::split(asked.head, '\n'))
    if (line.find(": ") != std::string_view::npos) names.emplace(line.substr(0, line.find(':')));
  EXPECT_EQ(names, (std::set<std::string>{"Host", "Accept", "Authorization", "Content-Type",
                                          "Content-Length"}));
  EXPECT_EQ(json::parse(asked.body),
            (json{{"msgtype", "m.text"},
                  {"body", "Incident message: open https://relay.example"},
                  {"tocsin.message", {{"id", seal::to_text(one.id)}, {"asks", true}}}}));
}

// The homeserver knows it by the same name, and has it once.
TEST_F(Matrix, SendsAgainUnderTheSameName) {
  const auto channel = matrix();
  const Outgoing<playbook::Nudge> one = nudge();
  channel->send({&one, 1});
  channel->send({&one, 1});
  const auto& asked = server_.asked;
  EXPECT_EQ(asked.back(), asked[asked.size() - 2]);
}

TEST_F(Matrix, EveryAnswerHasItsMeaning) {
  EXPECT_EQ(after("200 OK", R"({"event_id":"$e"})").receipt, Receipt::sent);
  EXPECT_EQ(after("200 OK", "<html>").receipt, Receipt::unknown);
  EXPECT_EQ(after("").receipt, Receipt::unknown);
  EXPECT_EQ(after("500 Oh").receipt, Receipt::unknown);
  EXPECT_EQ(after("504 Late").receipt, Receipt::unknown);
  EXPECT_EQ(after("401 No", R"({"errcode":"M_UNKNOWN_TOKEN"})").receipt, Receipt::failed_for_now);
  EXPECT_EQ(after("403 No", R"({"errcode":"M_FORBIDDEN"})").receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("404 Not Found").receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("413 Large").receipt, Receipt::failed_for_good);
  EXPECT_EQ(after("301 There\r\nLocation: /other").receipt, Receipt::failed_for_good);
  const Delivery busy =
      after("429 Many", R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":47000})");
  EXPECT_EQ(busy.receipt, Receipt::failed_for_now);
  EXPECT_EQ(busy.retry_after, 47s);
  EXPECT_EQ(after("429 Many\r\nRetry-After: 48").retry_after, 48s);
}

TEST_F(Matrix, NoReasonSaysTheTokenOrThePerson) {
  for (const char* head : {"", "200 x", "400 x", "401 x", "403 x", "404 x", "429 x", "500 x"}) {
    const Delivery delivery = after(head, R"({"error":"@ana:b"})");
    EXPECT_EQ(delivery.reason.find("ana"), std::string::npos) << head;
    EXPECT_EQ(delivery.reason.find("syt"), std::string::npos) << head;
  }
}

TEST_F(Matrix, MakesNoRoomForWhatIsNotSent) {
  Outgoing<playbook::Nudge> late = nudge();
  late.expires = clock_.now();
  const auto channel = matrix();
  EXPECT_EQ(channel->send({&late, 1}).at(0).receipt, Receipt::failed_for_good);
  EXPECT_TRUE(server_.asked.empty());
  server_.failures = {{"PUT rooms/", "429 Many"}};
  const Outgoing<playbook::Nudge> one = nudge();
  channel->send({&one, 1});
  const std::size_t asked = server_.asked.size();
  const Outgoing<playbook::Nudge> other = nudge("@bo:b");
  EXPECT_EQ(channel->send({&other, 1}).at(0).receipt, Receipt::failed_for_now);
  EXPECT_EQ(server_.asked.size(), asked);
}

TEST_F(Matrix, SaysOfEachInABatchWhatBecameOfIt) {
  server_.refused = {"@bo:b"};
  server_.direct = {{"@cy:b", {"!7:b"}}};
  server_.memberships["%217%3Ab %40cy%3Ab"] = "leave";
  const std::vector<Outgoing<playbook::Nudge>> batch{nudge("@bo:b"), nudge(), nudge("@cy:b"),
                                                     nudge("@di:b")};
  const auto deliveries = matrix()->send(batch);
  ASSERT_EQ(deliveries.size(), 4U);
  for (std::size_t i = 0; i < batch.size(); ++i) EXPECT_EQ(deliveries[i].id, batch[i].id);
  EXPECT_EQ(deliveries[0].receipt, Receipt::failed_for_good);
  EXPECT_EQ(deliveries[1].receipt, Receipt::sent);
  EXPECT_EQ(deliveries[2].receipt, Receipt::failed_for_good);
  EXPECT_EQ(deliveries[3].receipt, Receipt::sent);
}

TEST_F(Matrix, HearsAnswersInTheRoomThatItMade) {
  const auto channel = matrix();
  const Outgoing<playbook::Nudge> one = nudge();
  channel->send({&one, 1});
  const auto stamp = clock_.now().time_since_epoch() / 1ms;
  server_.syncs = {
      {{"next_batch", "s1"},
       {"rooms",
        {{"join",
          {{"!made1:b",
            {{"timeline",
              {{"events",
                {{{"type", "m.room.message"},
                  {"event_id", "$1"},
                  {"sender", "@call-ins:b"},
                  {"origin_server_ts", stamp},
                  {"content",
                   {{"msgtype", "m.text"},
                    {"body", "x"},
                    {"tocsin.message", {{"id", seal::to_text(one.id)}, {"asks", true}}}}}},
                 {{"type", "m.reaction"},
                  {"event_id", "$2"},
                  {"sender", "@ana:b"},
                  {"origin_server_ts", stamp},
                  {"content",
                   {{"m.relates_to",
                     {{"rel_type", "m.annotation"},
                      {"event_id", "$1"},
                      {"key", "✅"}}}}}}}}}}}}}}}}}};
  const Collected heard = channel->collect(0ms);
  ASSERT_EQ(heard.said.size(), 1U);
  EXPECT_EQ(heard.said[0].words, "✅");
  EXPECT_EQ(heard.said[0].about, one.id);
  EXPECT_EQ(channel->collect(0ms).said.size(), 1U);  // again, until it is kept
  channel->acknowledge(heard.cursor);
  EXPECT_FALSE(channel->collect(0ms).has_any());
  EXPECT_EQ(channel->trouble(), "");
}

class MatrixMade : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tocsin-matrix-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write_token(std::string_view text) {
    std::ofstream{folder_ / "token"} << text;
    std::filesystem::permissions(folder_ / "token", std::filesystem::perms::owner_read |
                                                        std::filesystem::perms::owner_write);
  }
  std::unique_ptr<MatrixChannel> make(const contact::Settings& settings) {
    return MatrixChannel::make(settings, {.home = folder_,
                                          .relay = {"https://relay.example", {}},
                                          .coordinator = coordinator_,
                                          .certificate = certificate_,
                                          .incident = coordinator_,
                                          .clock = clock_});
  }

  std::filesystem::path folder_;
  base::SeededRandom random_{1};
  seal::Identity coordinator_ = seal::Identity::generate(random_);
  seal::Certificate certificate_{};
  base::VirtualClock clock_{kMatrixNight};
};

TEST_F(MatrixMade, FromASecretFileAndAHomeserver) {
  write_token(fmt::format("{}\n", kAccessToken));
  Homeserver server;
  const auto channel =
      make({{"token", "token"}, {"url", server.service.origin()}, {"limits", "none"}});
  const Outgoing<playbook::Nudge> one{
      {},
      "@ana:b",
      playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                      playbook::Meaning::come},
      clock_.now() + 20min};
  EXPECT_EQ(channel->send({&one, 1}).at(0).receipt, Receipt::sent);
  EXPECT_EQ(server.sent.back().at("body"), "Incident message: open https://relay.example");
  EXPECT_EQ(server.service.requests().back().header("Authorization"),
            fmt::format("Bearer {}", kAccessToken));
}

TEST_F(MatrixMade, RefusesWhatIsNoTokenAndAnAddressWithoutTls) {
  write_token("two words");
  try {
    make({{"token", "token"}, {"url", "https://matrix.example"}});
    ADD_FAILURE();
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::invalid);
    EXPECT_EQ(std::string{fault.what()}.find("two words"), std::string::npos);
  }
  write_token(std::string{kAccessToken});
  EXPECT_THROW(make({{"token", "token"}, {"url", "http://matrix.example"}}), base::Fault);
}

}  // namespace
}  // namespace tocsin::channel
