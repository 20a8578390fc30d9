#include "drill/run/memory.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "unit/drill/recorded_phones.h"

namespace tocsin::drill {
namespace {

const base::Instant kTen = *base::from_rfc3339("2026-01-10T22:00:00Z");

class MemoryPostTest : public testing::Test {
 protected:
  static std::vector<seal::PublicIdentity> made_devices() {
    base::SeededRandom keys{4};
    std::vector<seal::PublicIdentity> devices(3);
    for (auto& device : devices) {
      keys.fill(device.verify.bytes);
      keys.fill(device.seal.bytes);
    }
    return devices;
  }
  seal::Header header() {
    return {seal::Kind::request,
            seal::Realness::exercise,
            seal::random_message_id(random),
            seal::random_message_id(random),
            kTen,
            kTen + base::Minutes{10}};
  }
  channel::SealedMessage message(std::size_t to, const seal::Header& header,
                                 const std::string& text) {
    incident::Notice notice = notice_of(playbook::MessageKind::request);
    notice.text = text;
    return {header.id,
            seal::to_text(devices[to].id()),
            {envelopes.seal(devices[to].seal, header, incident::encode(notice))},
            header.expires};
  }
  std::vector<incident::Answer> collected(const channel::Collected& from) {
    std::vector<incident::Answer> answers;
    for (const auto& incoming : from.messages) {
      const auto opened = envelopes.open(incoming.content);
      answers.push_back(incident::decode_reply(std::get<seal::Opened>(opened).payload)->answer);
    }
    return answers;
  }

  base::SeededRandom random{3};
  const std::vector<seal::PublicIdentity> devices = made_devices();
  OpenEnvelopes envelopes{seal::VerifyKey{}};
  MemoryPost post{devices};
};

TEST_F(MemoryPostTest, EachDeviceFetchesItsOwnMessagesOnceAndInOrder) {
  const std::vector<channel::SealedMessage> batch{
      message(1, header(), "first"), message(0, header(), "other"), message(1, header(), "second")};
  const auto deliveries = post.send(batch);
  ASSERT_EQ(deliveries.size(), 3u);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    EXPECT_EQ(deliveries[i].id, batch[i].id);
    EXPECT_EQ(deliveries[i].receipt, contact::Receipt::sent);
  }
  const auto fetched = post.fetch(1, kTen);
  ASSERT_EQ(fetched.size(), 2u);
  EXPECT_EQ(fetched[0].notice.text, "first");
  EXPECT_EQ(fetched[0].header.id, batch[0].id);
  EXPECT_EQ(fetched[1].notice.text, "second");
  EXPECT_TRUE(post.fetch(1, kTen).empty());
  EXPECT_TRUE(post.fetch(2, kTen).empty());
  EXPECT_EQ(post.fetch(0, kTen).size(), 1u);
}

// lib/README.md, rule 7: the copy that travelled may go once it is in the journal, and not before.
TEST_F(MemoryPostTest, AnswersAreKeptUntilTheyAreAcknowledged) {
  using incident::Answer;
  post.send(0, header(), {Answer::coming, kTen});
  post.send(1, header(), {Answer::no, std::nullopt});
  const channel::Collected first = post.collect({});
  EXPECT_EQ(collected(first), (std::vector{Answer::coming, Answer::no}));
  EXPECT_EQ(collected(post.collect({})), (std::vector{Answer::coming, Answer::no}));
  post.send(2, header(), {Answer::last_resort, std::nullopt});
  post.acknowledge(first.cursor);
  const channel::Collected rest = post.collect({});
  EXPECT_EQ(collected(rest), (std::vector{Answer::last_resort}));
  EXPECT_GT(rest.cursor, first.cursor);
  post.acknowledge(rest.cursor);
  EXPECT_TRUE(post.collect({}).messages.empty());
}

TEST_F(MemoryPostTest, AnAnswerIsSignedByTheDeviceThatGaveIt) {
  const seal::Header sent = header();
  post.send(2, sent, {incident::Answer::coming, kTen});
  const auto opened = envelopes.open(post.collect({}).messages.at(0).content);
  EXPECT_EQ(std::get<seal::Opened>(opened).signer.bytes, devices[2].verify.bytes);
  EXPECT_EQ(std::get<seal::Opened>(opened).header, sent);
}

TEST_F(MemoryPostTest, AnEnvelopeOpensWholeOnly) {
  const seal::Header sent = header();
  const base::Bytes payload(37, 9);
  const base::Bytes whole = envelopes.seal({}, sent, payload);
  const auto opened = envelopes.open(whole);
  ASSERT_TRUE(std::holds_alternative<seal::Opened>(opened));
  EXPECT_EQ(std::get<seal::Opened>(opened).payload, payload);
  EXPECT_EQ(std::get<seal::Opened>(opened).header, sent);
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(std::get<seal::Rejection>(envelopes.open(base::ByteView{whole}.first(size))),
              seal::Rejection::malformed)
        << size;
  base::Bytes longer = whole;
  longer.push_back(0);
  EXPECT_EQ(std::get<seal::Rejection>(envelopes.open(longer)), seal::Rejection::malformed);
}

}  // namespace
}  // namespace tocsin::drill
