#include "channel/threema.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/fault.h"
#include "base/file.h"
#include "base/random.h"
#include "unit/channel/push_service.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

class Threema : public testing::Test {
 protected:
  std::unique_ptr<ThreemaChannel> threema() {
    return std::make_unique<ThreemaChannel>(
        ThreemaAccess{service_.origin(), "*TOCSIN1", seal::SecretText{"secret"},
                      seal::OpeningKey::from_secret(own_.secret())},
        folder_.path(), clock_, Listen::when_asked, std::nullopt);
  }
  Outgoing<Words> message(std::string to = "ABCD1234", std::string text = "Come.") {
    return {seal::random_message_id(entropy_),
            std::move(to),
            Words{std::move(text)},
            clock_.now() + 20min,
            Urgency::high,
            true};
  }
  // Of the person's key, and of what is sent.
  void will_say(PushService::Answer to_key, PushService::Answer to_message) {
    service_.will_answer([=](const PushService::Request& request) {
      return request.head.starts_with("GET /pubkeys/") ? to_key : to_message;
    });
  }
  PushService::Answer key() const { return {"200 OK", base::to_hex(ana_.sealing_key().bytes)}; }
  Delivery send(const Outgoing<Words>& one) { return threema()->send({&one, 1}).at(0); }

  home::TemporaryFolder folder_;
  base::VirtualClock clock_{base::Instant{1'764'547'200s}};
  seal::Entropy entropy_;
  seal::OpeningKey own_ = seal::OpeningKey::generate(entropy_);
  seal::OpeningKey ana_ = seal::OpeningKey::generate(entropy_);
  PushService service_;
};

TEST_F(Threema, SendsABoxThatThePersonAloneOpens) {
  will_say(key(), {"200 OK", "00112233aabbccdd"});
  EXPECT_EQ(send(message()).receipt, Receipt::sent);
  const auto requests = service_.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[1].body.find("Come."), std::string::npos);
  // The person can answer by a thumb, after a restart as well.
  EXPECT_TRUE(
      base::read_file(folder_.path() / "threema.sent", 1'000).starts_with("00112233aabbccdd "));
}

TEST_F(Threema, MeansWhatTheManualSays) {
  const auto after = [&](std::string status) {
    will_say(key(), {std::move(status), ""});
    return send(message()).receipt;
  };
  EXPECT_EQ(after("400 Bad"), Receipt::failed_for_good);
  EXPECT_EQ(after("401 No"), Receipt::failed_for_now);
  EXPECT_EQ(after("402 Pay"), Receipt::failed_for_good);
  EXPECT_EQ(after("404 None"), Receipt::failed_for_good);
  EXPECT_EQ(after("413 Long"), Receipt::failed_for_good);
  EXPECT_EQ(after("429 Busy"), Receipt::failed_for_now);
  EXPECT_EQ(after("500 Trouble"), Receipt::unknown);
  EXPECT_EQ(after("200 OK"), Receipt::unknown);  // without a name
  EXPECT_EQ(after("301 Elsewhere\r\nLocation: http://192.0.2.1/"), Receipt::failed_for_good);
}

// What fails before there is a key was certainly not sent.
TEST_F(Threema, SendsNothingWithoutAKey) {
  const auto after = [&](PushService::Answer answer) {
    will_say(std::move(answer), {"200 OK", "00112233aabbccdd"});
    const Receipt receipt = send(message()).receipt;
    EXPECT_TRUE(service_.requests().back().head.starts_with("GET "));
    return receipt;
  };
  EXPECT_EQ(after({"404 None", ""}), Receipt::failed_for_good);
  EXPECT_EQ(after({"401 No", ""}), Receipt::failed_for_now);
  EXPECT_EQ(after({"500 Trouble", ""}), Receipt::failed_for_now);
  EXPECT_EQ(after({"200 OK", std::string(64, '0')}), Receipt::failed_for_now);
  EXPECT_EQ(after({"", ""}), Receipt::failed_for_now);
}

TEST_F(Threema, RefusesWhatThreemaWouldNotTake) {
  EXPECT_EQ(send(message("abcd1234")).receipt, Receipt::failed_for_good);
  EXPECT_EQ(send(message("ABCD1234", std::string(3'501, 'x'))).receipt, Receipt::failed_for_good);
  auto late = message();
  late.expires = clock_.now();
  EXPECT_EQ(send(late).receipt, Receipt::failed_for_good);
  EXPECT_TRUE(service_.requests().empty());
}

TEST_F(Threema, NoReasonSaysWhatThreemaSaidNorTheSecret) {
  for (const char* status : {"400 ABCD1234", "401 secret", "500 ABCD1234"}) {
    will_say(key(), {status, "ABCD1234 secret"});
    const std::string reason = send(message()).reason;
    EXPECT_EQ(reason.find("ABCD"), std::string::npos);
    EXPECT_EQ(reason.find("secret\""), std::string::npos);
  }
}

class ThreemaMake : public Threema {
 protected:
  void write(const char* name, std::string_view text, mode_t mode = 0600) {
    std::ofstream{folder_.path() / name} << text;
    ::chmod((folder_.path() / name).c_str(), mode);
  }
  void make(const std::string& id) {
    base::SeededRandom random{1};
    const seal::Identity identity = seal::Identity::generate(random);
    const seal::Certificate certificate{};
    const Parts parts{.home = folder_.path(),
                      .relay = {},
                      .coordinator = identity,
                      .certificate = certificate,
                      .incident = identity,
                      .clock = clock_};
    ThreemaChannel::make({{"id", id}, {"secret", "secret"}, {"key", "key"}}, parts);
  }
  std::string hex_ = base::to_hex(own_.secret().view());
};

TEST_F(ThreemaMake, ReadsSecretsFromFilesOfTheirOwner) {
  write("secret", "nevergonnagiveyouup\n");
  write("key", "private:" + hex_ + "\n");
  EXPECT_NO_THROW(make("*TOCSIN1"));
  EXPECT_THROW(make("TOCSIN12"), base::Fault);
  EXPECT_THROW(make(""), base::Fault);
  write("key", "public:" + hex_);
  EXPECT_THROW(make("*TOCSIN1"), base::Fault);
  write("key", hex_, 0640);
  EXPECT_THROW(make("*TOCSIN1"), base::Fault);
}

}  // namespace
}  // namespace tocsin::channel
