#include "channel/email.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "base/fault.h"
#include "seal/entropy.h"
#include "unit/channel/line_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kEmailNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                                40min};

std::optional<std::string> takes_all(std::string_view line) {
  if (line == LineService::kBegins) return "220 mail.test\r\n";
  if (line.starts_with("DATA")) return "354 Go on\r\n";
  const bool is_command = line.starts_with("EHLO") || line.starts_with("MAIL") ||
                          line.starts_with("RCPT") || line == ".";
  return is_command ? "250 Ok\r\n" : "";
}

class Email : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tocsin-email-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Channel> make(contact::Settings more = {}) {
    more.try_emplace("provider", "smtp");
    more.try_emplace("server", service_.origin("smtp"));
    more.try_emplace("from", "Call-Ins@hospital.test");
    return EmailChannel::make(more, {.home = folder_,
                                     .relay = {"https://relay.example", {}},
                                     .coordinator = coordinator_,
                                     .certificate = certificate_,
                                     .incident = coordinator_,
                                     .clock = clock_});
  }
  std::string fault(const contact::Settings& settings) {
    try {
      make(settings);
    } catch (const base::Fault& fault) {
      return fault.what();
    }
    return {};
  }
  std::vector<Delivery> send(Channel& channel, std::span<const Outgoing<playbook::Nudge>> batch) {
    return std::get<Carrier<Class::provider_readable>*>(channel.carrier())->send(batch);
  }
  Outgoing<playbook::Nudge> mail(const std::string& address = "ana@hospital.test") {
    return {seal::random_message_id(entropy_), address,
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 20min, Urgency::normal};
  }

  std::filesystem::path folder_;
  seal::Entropy entropy_;
  base::SeededRandom random_{1};
  seal::Identity coordinator_ = seal::Identity::generate(random_);
  seal::Certificate certificate_{};
  base::VirtualClock clock_{kEmailNight};
  LineService service_{takes_all};
};

TEST_F(Email, IsMadeFromItsSettings) {
  const auto channel = make({{"name", "St Elsewhere"}, {"reply_to", "answers@hospital.test"}});
  const auto one = mail();
  EXPECT_EQ(send(*channel, {&one, 1}).at(0).receipt, Receipt::sent);
  const auto lines = service_.lines();
  const auto has = [&](std::string_view line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
  };
  EXPECT_TRUE(has("MAIL FROM:<call-ins@hospital.test>"));
  EXPECT_TRUE(has("From: \"St Elsewhere\""));
  EXPECT_TRUE(has("Reply-To: answers@hospital.test"));
  EXPECT_TRUE(has("Date: Sun, 22 Nov 2026 22:40:00 +0000"));
}

TEST_F(Email, IsMadeOfNothingElse) {
  EXPECT_NE(fault({{"server", "mail.example.org"}}).find("server"), std::string::npos);
  EXPECT_NE(fault({{"server", "https://mail.example.org"}}).find("server"), std::string::npos);
  EXPECT_NE(fault({{"from", "St Elsewhere"}}).find("from"), std::string::npos);
  EXPECT_NE(fault({{"reply_to", "a@b"}}).find("reply_to"), std::string::npos);
  EXPECT_NE(fault({{"user", "me"}}).find("user"), std::string::npos);
  EXPECT_NE(fault({{"password", "file"}}).find("password"), std::string::npos);
  EXPECT_NE(fault({{"per_minute", "0"}}).find("per_minute"), std::string::npos);
  EXPECT_NE(fault({{"per_minute", "many"}}).find("per_minute"), std::string::npos);
}

TEST_F(Email, IsMadeForNotifyWithoutAServer) {
  EXPECT_NE(fault({{"provider", "notify"}, {"key", "key"}}).find("key"), std::string::npos);
  std::ofstream{folder_ / "key"}
      << "x-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0";
  std::filesystem::permissions(folder_ / "key", std::filesystem::perms::owner_read);
  EXPECT_NE(fault({{"provider", "notify"}, {"key", "key"}, {"template", "x"}}).find("email"),
            std::string::npos);
  EXPECT_EQ(make({{"provider", "notify"},
                  {"key", "key"},
                  {"template", "5d2f1c7e-0b0e-4a3c-9d0a-1f5b8d7c6e21"}})
                ->name(),
            "email");
}

TEST_F(Email, TakesAPasswordThatNobodyElseCanRead) {
  std::ofstream{folder_ / "password"} << "hush-hush\n";
  std::filesystem::permissions(folder_ / "password", std::filesystem::perms::all);
  const std::string why = fault({{"user", "me"}, {"password", "password"}});
  EXPECT_NE(why.find("others can read it"), std::string::npos);
  EXPECT_EQ(why.find("hush"), std::string::npos);
  std::filesystem::permissions(folder_ / "password", std::filesystem::perms::owner_read |
                                                         std::filesystem::perms::owner_write);
  EXPECT_NE(make({{"user", "me"}, {"password", "password"}}), nullptr);
}

TEST_F(Email, SendsNothingThatHasExpiredOrHasNoAddress) {
  const auto channel = make();
  std::vector<Outgoing<playbook::Nudge>> batch{mail(), mail("ana"), mail(), mail("b@h.test\r\nx")};
  batch[0].expires = clock_.now();
  const auto deliveries = send(*channel, batch);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    EXPECT_EQ(deliveries[i].id, batch[i].id);
    EXPECT_EQ(deliveries[i].receipt, i == 2 ? Receipt::sent : Receipt::failed_for_good);
  }
}

TEST_F(Email, SendsNoMoreInAMinuteThanItMay) {
  const auto channel = make({{"per_minute", "60"}});
  const base::Instant begun = clock_.now();
  std::size_t sent = 0;
  std::vector<base::Instant> times;
  while (sent < 150) {
    const Room room = channel->room();
    if (room.messages == 0) {
      ASSERT_GT(room.again, clock_.now());
      clock_.set(room.again);
      continue;
    }
    const std::vector<Outgoing<playbook::Nudge>> batch(room.messages, mail());
    for (const Delivery& delivery : send(*channel, batch))
      ASSERT_EQ(delivery.receipt, Receipt::sent);
    sent += room.messages;
    times.insert(times.end(), room.messages, clock_.now());
    const auto recent = std::count_if(times.begin(), times.end(),
                                      [&](base::Instant at) { return at + 1min > clock_.now(); });
    ASSERT_LE(recent, 60);
  }
  EXPECT_LE(clock_.now() - begun, 190s);
}

// The others of the batch, and those of the next 15 seconds, are refused at once.
TEST_F(Email, TriesNobodyForAWhileWhenTheServerIsOutOfReach) {
  LineService nobody{[](std::string_view) { return std::optional<std::string>{}; }};
  const auto channel = make({{"server", nobody.origin("smtp")}});
  const std::vector<Outgoing<playbook::Nudge>> batch(10, mail());
  for (int i = 0; i < 2; ++i)
    for (const Delivery& delivery : send(*channel, batch)) {
      EXPECT_EQ(delivery.receipt, Receipt::failed_for_now);
      EXPECT_EQ(delivery.reason, "the mail server is out of reach");
    }
  EXPECT_LE(nobody.connections(), 3U);
  clock_.advance(15s);
  const std::size_t before = nobody.connections();
  send(*channel, batch);
  EXPECT_GT(nobody.connections(), before);
}

}  // namespace
}  // namespace tocsin::channel
