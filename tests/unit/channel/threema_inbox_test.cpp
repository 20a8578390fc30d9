#include "channel/threema_inbox.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/form.h"
#include "channel/threema_message.h"
#include "seal/entropy.h"
#include "seal/provider_mac.h"
#include "unit/channel/push_service.h"
#include "unit/home/temporary_folder.h"
#include "wire/messages.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kThumbNight{1'764'547'200s};
const std::string kAnaId = "ABCD1234";
const std::string kBenId = "WXYZ1234";

// One service is the relay and the Gateway.
class ThreemaInboxTest : public testing::Test {
 protected:
  ThreemaInboxTest() {
    service_.will_answer([this](const PushService::Request& request) {
      if (request.head.starts_with("GET /pubkeys/"))
        return gateway_ ? PushService::Answer{"200 OK", base::to_hex(ana_.sealing_key().bytes)}
                        : PushService::Answer{"500 Trouble", ""};
      return PushService::Answer{"200 OK", std::string{base::text_of(wire::encode_items(items_))}};
    });
  }
  // A form as the Gateway posts it, in the hook's mailbox.
  void post(const std::string& from, const base::Bytes& content,
            const std::string& secret = "secret", const std::string& to = "*TOCSIN1") {
    const seal::BoxNonce nonce{static_cast<std::uint8_t>(items_.size())};
    const auto box = seal::box_up(content, nonce, access_.key().sealing_key(), ana_);
    base::Fields form{{"from", from},
                      {"to", to},
                      {"messageId", fmt::format("{:016x}", items_.size() + 1)},
                      {"date", "1764547100"},
                      {"nonce", base::to_hex(nonce)},
                      {"box", base::to_hex(*box)}};
    std::string text;
    for (const base::Field& field : form) text += field.value;
    const auto mac = seal::hmac_sha256(base::bytes_of(secret), base::bytes_of(text));
    form.push_back({"mac", base::to_hex(mac)});
    const std::string body = base::write_form(form);
    const wire::Hooked hooked{"threema", kThumbNight, "", {body.begin(), body.end()}};
    items_.push_back({items_.size() + 1, wire::ItemKind::hooked, seal::random_message_id(entropy_),
                      kThumbNight + 24h,
                      wire::seal(hooked, hook_key_.public_identity().seal, entropy_)});
  }
  static base::Bytes thumb(int says, std::string_view names) {
    base::Bytes content{0x80, static_cast<std::uint8_t>(says)};
    const auto bytes = *base::from_hex(names);
    content.insert(content.end(), bytes.begin(), bytes.end());
    content.push_back(1);
    return content;
  }
  Polling::Asked ask() {
    const auto halves = hook_key_.secret_halves();
    ThreemaInbox inbox{access_, keys_, sent_, clock_,
                       HookedAt{{service_.origin(), {}},
                                seal::Identity::from_secret_halves(halves.view()),
                                "threema",
                                service_.origin() + "/hook/threema"}};
    return inbox.ask();
  }

  home::TemporaryFolder folder_;
  seal::Entropy entropy_;
  base::VirtualClock clock_{kThumbNight};
  seal::Identity hook_key_ = seal::Identity::generate(entropy_);
  seal::OpeningKey ana_ = seal::OpeningKey::generate(entropy_);
  bool gateway_ = true;
  std::vector<wire::Item> items_;
  PushService service_;
  ThreemaAccess access_{service_.origin(), "*TOCSIN1", seal::SecretText{"secret"},
                        seal::OpeningKey::generate(entropy_)};
  ThreemaKeys keys_{folder_.path() / "threema.keys", access_.key()};
  SentNames sent_{folder_.path() / "threema.sent"};
  seal::MessageId id_ = seal::random_message_id(entropy_);
};

TEST_F(ThreemaInboxTest, HearsWordsOfWhomItHasWrittenTo) {
  keys_.keep(kAnaId, ana_.sealing_key());
  post(kAnaId, threema_text("Y 20", 7));
  const Polling::Asked asked = ask();
  ASSERT_EQ(asked.collected.said.size(), 1U);
  const Said& said = asked.collected.said[0];
  EXPECT_EQ(said.words, "Y 20");
  EXPECT_EQ(said.from, kAnaId);
  EXPECT_EQ(said.at, kThumbNight - 100s);
  EXPECT_EQ(said.id, said_id("threema", kAnaId + ":0000000000000001"));
}

TEST_F(ThreemaInboxTest, HearsAThumbBelowAMessageThatAsks) {
  keys_.keep(kAnaId, ana_.sealing_key());
  sent_.record("00000000000000a1", {id_, kAnaId, true});
  sent_.record("00000000000000a2", {seal::random_message_id(entropy_), kAnaId, false});
  post(kAnaId, thumb(3, "00000000000000a100000000000000a2"));
  post(kAnaId, thumb(4, "00000000000000a1"));
  post(kAnaId, thumb(3, "00000000000000ff"));  // none of ours
  const Collected heard = ask().collected;
  ASSERT_EQ(heard.said.size(), 2U);
  EXPECT_EQ(heard.said[0].words, "Y");
  EXPECT_EQ(heard.said[0].about, id_);
  EXPECT_EQ(heard.said[1].words, "N");
  EXPECT_NE(heard.said[0].id, heard.said[1].id);
}

TEST_F(ThreemaInboxTest, BelievesAReceiptOfWhomTheMessageWentToAlone) {
  keys_.keep(kAnaId, ana_.sealing_key());
  sent_.record("00000000000000a1", {id_, kAnaId, true});
  sent_.record("00000000000000b1", {seal::random_message_id(entropy_), kBenId, true});
  post(kAnaId, thumb(1, "00000000000000a100000000000000b1"));
  post(kAnaId, thumb(2, "00000000000000a1"));
  const Collected heard = ask().collected;
  EXPECT_TRUE(heard.said.empty());
  ASSERT_EQ(heard.deliveries.size(), 2U);
  EXPECT_EQ(heard.deliveries[0].id, id_);
  EXPECT_EQ(heard.deliveries[0].receipt, Receipt::delivered);
  EXPECT_EQ(heard.deliveries[1].receipt, Receipt::read);
}

TEST_F(ThreemaInboxTest, HearsNoStrangerAndNoForgery) {
  post(kAnaId, threema_text("Y 20", 7));  // nobody has written to them
  EXPECT_FALSE(ask().collected.has_any());
  for (const auto& request : service_.requests())
    EXPECT_EQ(request.head.find("/pubkeys/"), std::string::npos);
  keys_.keep(kAnaId, ana_.sealing_key());
  keys_.keep(kBenId, seal::OpeningKey::generate(entropy_).sealing_key());
  items_.clear();
  post(kAnaId, threema_text("Y 20", 7), "another secret");
  post(kAnaId, threema_text("Y 20", 7), "secret", "*ANOTHER");
  post(kBenId, threema_text("Y 20", 7));  // a box that Ana made
  EXPECT_FALSE(ask().collected.has_any());
}

// After a restart the key is asked for, and must be the one that was kept.
TEST_F(ThreemaInboxTest, AsksForAKeyThatThisProcessDoesNotKnowYet) {
  ThreemaKeys{folder_.path() / "threema.keys", access_.key()}.keep(kAnaId, ana_.sealing_key());
  post(kAnaId, threema_text("N", 7));
  gateway_ = false;
  const Polling::Asked later = ask();
  EXPECT_FALSE(later.collected.has_any());
  EXPECT_NE(later.trouble, "");
  EXPECT_GE(later.pause, 5s);
  gateway_ = true;
  EXPECT_EQ(ask().collected.said.size(), 1U);
}

TEST_F(ThreemaInboxTest, HearsNothingWithoutAHook) {
  ThreemaInbox inbox{access_, keys_, sent_, clock_, std::nullopt};
  EXPECT_FALSE(inbox.ask().collected.has_any());
  EXPECT_TRUE(service_.requests().empty());
}

}  // namespace
}  // namespace tocsin::channel
