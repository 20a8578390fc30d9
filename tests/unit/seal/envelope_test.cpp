#include "seal/envelope.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "unit/seal/scripted_random.h"

namespace tocsin::seal {
namespace {

using base::Bytes;
using base::ByteView;
using base::Instant;
using base::Milliseconds;
using nlohmann::json;

Bytes from_text(const json& text) { return base::from_base64url(text.get<std::string>()).value(); }

SecretBytes<32> secret_from(const json& text) {
  const Bytes bytes = from_text(text);
  return SecretBytes<32>{std::span<const std::uint8_t, 32>{bytes.data(), 32}};
}

MessageId id_from(const json& text) {
  return message_id_from_text(text.get<std::string>()).value();
}

Instant at(std::int64_t milliseconds) { return Instant{Milliseconds{milliseconds}}; }

std::string outcome_of(const std::variant<Opened, Rejection>& result) {
  if (const auto* rejection = std::get_if<Rejection>(&result))
    return std::string{to_text(*rejection)};
  return "opened";
}

// Another implementation, written from the man page alone, made tests/vectors/envelope.json.
class EnvelopeVectors : public testing::Test {
 protected:
  EnvelopeVectors() {
    std::ifstream in{"tests/vectors/envelope.json"};
    file_ = json::parse(in);
    recipient_.emplace(OpeningKey::from_secret(secret_from(file_["recipient_secret"])));
    signer_.emplace(SigningKey::from_seed(secret_from(file_["signer_seed"])));
  }
  bool can_read(const json& vector) const {
    return has_aes_256_gcm() || vector.value("aead", 3) == 3;
  }

  json file_;
  std::optional<OpeningKey> recipient_;
  std::optional<SigningKey> signer_;
};

TEST_F(EnvelopeVectors, ComeOutAsTheySay) {
  ASSERT_GE(file_["vectors"].size(), 40u);
  std::set<std::string> outcomes;
  for (const json& vector : file_["vectors"]) {
    const std::string name = vector["name"];
    if (!can_read(vector)) continue;
    const auto result =
        open_envelope(from_text(vector["envelope"]), *recipient_, at(vector["now"]));
    EXPECT_EQ(outcome_of(result), vector["outcome"]) << name;
    outcomes.insert(outcome_of(result));
    const auto* opened = std::get_if<Opened>(&result);
    if (opened == nullptr || vector["outcome"] != "opened") continue;
    EXPECT_EQ(static_cast<int>(opened->header.kind), vector["kind"]) << name;
    EXPECT_EQ(static_cast<int>(opened->header.realness), vector["realness"]) << name;
    EXPECT_EQ(opened->header.id, id_from(vector["message"])) << name;
    EXPECT_EQ(opened->header.incident, id_from(vector["incident"])) << name;
    EXPECT_EQ(opened->header.created, at(vector["created"])) << name;
    EXPECT_EQ(opened->header.expires, at(vector["expires"])) << name;
    EXPECT_EQ(opened->payload, from_text(vector["payload"])) << name;
    EXPECT_EQ(opened->signer, signer_->verify_key()) << name;
    EXPECT_EQ(base::to_base64url(opened->signer.bytes), file_["signer_public"]) << name;
  }
  EXPECT_EQ(outcomes.size(), 5u) << "opened and each of the four rejections";
}

TEST_F(EnvelopeVectors, AreWhatWeWrite) {
  int written = 0;
  for (const json& vector : file_["vectors"]) {
    if (vector["outcome"] != "opened" || vector["aead"] != static_cast<int>(preferred_aead()))
      continue;
    const Bytes ephemeral = from_text(file_["ephemeral_secret"]);
    ScriptedRandom random{ephemeral};
    Prepared prepared{recipient_->sealing_key(), random};
    EXPECT_TRUE(random.is_used_up());
    const Header header{static_cast<Kind>(vector["kind"].get<int>()),
                        static_cast<Realness>(vector["realness"].get<int>()),
                        id_from(vector["message"]),
                        id_from(vector["incident"]),
                        at(vector["created"]),
                        at(vector["expires"])};
    EXPECT_EQ(seal_envelope(std::move(prepared), header, from_text(vector["payload"]), *signer_),
              from_text(vector["envelope"]))
        << vector["name"];
    ++written;
  }
  EXPECT_GE(written, 1);
}

class Envelope : public testing::Test {
 protected:
  Envelope()
      : signer_(SigningKey::generate(random_)),
        recipient_(OpeningKey::generate(random_)),
        header_{Kind::reply,
                Realness::real,
                random_message_id(random_),
                random_message_id(random_),
                now_,
                now_ + std::chrono::hours{1}} {}

  Bytes seal(ByteView payload) {
    return seal_envelope(Prepared{recipient_.sealing_key(), random_}, header_, payload, signer_);
  }
  std::string open(ByteView envelope) const {
    return outcome_of(open_envelope(envelope, recipient_, now_));
  }

  base::SeededRandom random_{7};
  Instant now_ = at(1'763'850'000'000);
  SigningKey signer_;
  OpeningKey recipient_;
  Header header_;
};

TEST_F(Envelope, HidesEverythingButItsSize) {
  const Bytes yes = seal(base::bytes_of("yes, in 20 minutes"));
  const Bytes no = seal(base::bytes_of("no"));
  EXPECT_EQ(yes.size(), no.size());
  EXPECT_EQ(seal(Bytes(kOneStepPayload)).size(), no.size());
  EXPECT_EQ(seal(Bytes(kOneStepPayload + 1)).size(), 2 * no.size());
  EXPECT_EQ(seal(Bytes(kMostPayload)).size(), 16384u);
  const std::string text{base::text_of(yes)};
  EXPECT_EQ(text.find(base::text_of(header_.id.bytes)), std::string::npos);
  EXPECT_EQ(text.find(base::text_of(header_.incident.bytes)), std::string::npos);
  EXPECT_EQ(text.find(base::text_of(signer_.verify_key().bytes)), std::string::npos);
}

TEST_F(Envelope, IsRefusedWhenCutAnywhereOrLengthened) {
  const Bytes envelope = seal(base::bytes_of("yes"));
  EXPECT_EQ(open(envelope), "opened");
  for (std::size_t size = 0; size < envelope.size(); ++size)
    EXPECT_EQ(open(ByteView{envelope}.first(size)), "malformed") << size;
  Bytes longer = envelope;
  for (std::size_t size = envelope.size() + 1; size < 2 * envelope.size(); ++size) {
    longer.push_back(0);
    ASSERT_EQ(open(longer), "malformed") << size;
  }
  longer.push_back(0);
  EXPECT_EQ(open(longer), "not for us");
}

TEST_F(Envelope, IsRefusedWhenAnyByteIsChanged) {
  const Bytes envelope = seal(base::bytes_of("yes"));
  const std::size_t clear = 39;
  for (std::size_t i = 0; i < envelope.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      if (i >= clear && bit != static_cast<int>(i % 8)) continue;
      Bytes changed = envelope;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ 1 << bit);
      ASSERT_NE(open(changed), "opened") << i << '.' << bit;
    }
  }
}

// Somebody with the recipient's key can change the inside and seal it again under the same context.
// Only the signature reveals that.
TEST_F(Envelope, IsRefusedWhenTheInsideIsChangedAndSealedAgain) {
  const auto info = base::bytes_of("tocsin/v1/envelope");
  Bytes ephemeral(32);
  random_.fill(ephemeral);
  ScriptedRandom once{ephemeral};
  const Bytes envelope = seal_envelope(Prepared{recipient_.sealing_key(), once}, header_,
                                       base::bytes_of("no"), signer_);
  const ByteView clear = ByteView{envelope}.first(39);
  hpke::EncapsulatedKey enc{};
  std::copy(envelope.begin() + 7, envelope.begin() + 39, enc.begin());
  const Bytes inside = hpke::setup_recipient(enc, recipient_, {info, preferred_aead()})
                           .value()
                           .open(clear, ByteView{envelope}.subspan(39))
                           .value();
  ASSERT_EQ(inside.size(), envelope.size() - 55);
  for (std::size_t i = 0; i < inside.size(); ++i) {
    Bytes changed = inside;
    changed[i] = static_cast<std::uint8_t>(changed[i] ^ 1 << i % 8);
    ScriptedRandom again{ephemeral};
    auto sender = hpke::setup_sender(recipient_.sealing_key(), {info, preferred_aead()}, again);
    Bytes resealed{clear.begin(), clear.end()};
    sender.context.seal_onto(resealed, clear, changed);
    const std::string outcome = open(resealed);
    ASSERT_TRUE(outcome == "bad signature" || outcome == "malformed") << i << ": " << outcome;
  }
}

TEST_F(Envelope, OpensForItsRecipientAlone) {
  const Bytes envelope = seal(base::bytes_of("yes"));
  const OpeningKey other = OpeningKey::generate(random_);
  EXPECT_EQ(outcome_of(open_envelope(envelope, other, now_)), "not for us");
}

TEST_F(Envelope, OpensBeforeItsTimeAndForWhoAsksForAnyTimeAfterIt) {
  const Bytes envelope = seal(base::bytes_of("yes"));
  EXPECT_EQ(outcome_of(open_envelope(envelope, recipient_, at(0))), "opened");
  EXPECT_EQ(outcome_of(open_envelope(envelope, recipient_, header_.expires)), "expired");
  EXPECT_EQ(outcome_of(open_envelope_of_any_time(envelope, recipient_)), "opened");
}

TEST_F(Envelope, EachSealsUnderAKeyOfItsOwn) {
  EXPECT_NE(seal(base::bytes_of("yes")), seal(base::bytes_of("yes")));
}

TEST_F(Envelope, NeverCrashesOnNoise) {
  for (int round = 0; round < 2000; ++round) {
    Bytes noise(std::size_t{1024} << random_.below(5));
    random_.fill(noise);
    if (random_.chance(0.9)) std::copy_n("TOCE\x01\x00\x02", 7, noise.begin());
    ASSERT_NE(open(noise), "opened");
  }
}

using EnvelopeDeathTest = Envelope;

TEST_F(EnvelopeDeathTest, APreparedContextServesOnce) {
  Prepared prepared{recipient_.sealing_key(), random_};
  seal_envelope(std::move(prepared), header_, {}, signer_);
  EXPECT_DEATH(seal_envelope(std::move(prepared), header_, {}, signer_), "sender_");
}

TEST(MessageIds, ReadBackFromText) {
  base::SeededRandom random{3};
  const MessageId id = random_message_id(random);
  EXPECT_EQ(to_text(id).size(), 22u);
  EXPECT_EQ(message_id_from_text(to_text(id)), id);
  EXPECT_FALSE(message_id_from_text(to_text(id) + "A"));
  EXPECT_FALSE(message_id_from_text(""));
  EXPECT_FALSE(message_id_from_text("AAAAAAAAAAAAAAAAAAAAA!"));
}

}  // namespace
}  // namespace tocsin::seal
