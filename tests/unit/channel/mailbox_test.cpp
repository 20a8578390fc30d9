#include "channel/mailbox.h"

#include <gtest/gtest.h>

#include <string>

#include "base/fault.h"
#include "seal/entropy.h"
#include "unit/channel/push_service.h"
#include "wire/proof.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kAsked{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h + 40min};

// A mailbox whose relay says what a test tells it.
class MailboxTest : public ::testing::Test {
 protected:
  Mailbox mailbox() { return Mailbox{{relay_.origin(), {}}, credentials_of(own_, {}), clock_}; }
  SealedMessage message(std::size_t size = 100) {
    return {seal::random_message_id(entropy_),
            to_text(own_.public_identity().id()),
            {base::Bytes(size, 7)},
            clock_.now() + 20min,
            Urgency::high};
  }
  void will_answer(std::string head, const base::Bytes& body) {
    relay_.will_say({std::move(head)});
    relay_.will_say_more(std::string{base::text_of(body)});
  }
  Delivery sent_to(std::string head, const base::Bytes& body = {}) {
    will_answer(std::move(head), body);
    const SealedMessage one = message();
    const auto deliveries = mailbox().send({&one, 1});
    EXPECT_EQ(deliveries.size(), 1U);
    EXPECT_EQ(deliveries[0].id, one.id);
    EXPECT_EQ(deliveries[0].reason.find("127.0.0.1"), std::string::npos);
    return deliveries[0];
  }

  seal::Entropy entropy_;
  seal::Identity own_ = seal::Identity::generate(entropy_);
  base::VirtualClock clock_{kAsked};
  PushService relay_;
};

TEST_F(MailboxTest, ProvesWhoAsksForExactlyWhatIsSent) {
  will_answer("200 OK", wire::encode_items({}));
  Mailbox own = mailbox();
  own.poll(7, 0s);
  const SealedMessage one = message();
  own.send({&one, 1}, own.id());
  own.acknowledge(9);
  const std::string name = to_text(own.id());
  const std::string targets[] = {"/v1/mailbox/" + name + "?after=7&wait=0", "/v1/messages",
                                 "/v1/mailbox/" + name + "/acknowledge"};
  const auto requests = relay_.requests();
  ASSERT_EQ(requests.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string method = i == 0 ? "GET" : "POST";
    EXPECT_TRUE(requests[i].head.starts_with(method + " " + targets[i] + " HTTP/1.1\r\n"));
    const auto proof = wire::decode_proof(requests[i].header(wire::kProofHeader));
    ASSERT_TRUE(proof);
    EXPECT_EQ(proof->identity, own_.public_identity());
    EXPECT_EQ(proof->time, kAsked);
    const std::string host = requests[i].header("Host");
    EXPECT_TRUE(
        wire::is_proven(*proof, {method, host, targets[i], base::bytes_of(requests[i].body)}));
    EXPECT_EQ(requests[i].header(wire::kCertificateHeader), "");
  }
  const auto batch = wire::decode_batch(base::bytes_of(requests[1].body));
  ASSERT_TRUE(batch && batch->messages.size() == 1);
  EXPECT_EQ(batch->answers, own.id());
  EXPECT_EQ(batch->messages[0].id, one.id);
  EXPECT_EQ(wire::decode_cursor(base::bytes_of(requests[2].body)), 9U);
}

TEST_F(MailboxTest, EveryAnswerHasItsMeaning) {
  const auto outcome = [](wire::Outcome one) { return wire::encode_outcomes({&one, 1}); };
  for (const auto stored : {wire::Outcome::stored, wire::Outcome::already})
    EXPECT_EQ(sent_to("200 OK", outcome(stored)).receipt, Receipt::sent);
  for (const auto lost : {wire::Outcome::not_allowed, wire::Outcome::expired})
    EXPECT_EQ(sent_to("200 OK", outcome(lost)).receipt, Receipt::failed_for_good);
  for (const auto later : {wire::Outcome::full, wire::Outcome::too_fast})
    EXPECT_EQ(sent_to("200 OK", outcome(later)).receipt, Receipt::failed_for_now);
  for (const char* head : {"403 Forbidden", "400 Bad", "404 Not Found", "301 Moved"})
    EXPECT_EQ(sent_to(head).receipt, Receipt::failed_for_good) << head;
  for (const char* head : {"401 Unproven", "429 Busy", "500 Oh", "503 Down", "507 Full"})
    EXPECT_EQ(sent_to(head).receipt, Receipt::failed_for_now) << head;
  EXPECT_EQ(sent_to("503 Down\r\nRetry-After: 7").retry_after, 7s);
  // It may have been stored: a connection that was lost, and an answer that makes no sense.
  EXPECT_EQ(sent_to("").receipt, Receipt::unknown);
  EXPECT_EQ(sent_to("200 OK", {1, 2, 3}).receipt, Receipt::unknown);
  EXPECT_EQ(sent_to("200 OK", wire::encode_outcomes({})).receipt, Receipt::unknown);
  const wire::Outcome two[] = {wire::Outcome::stored, wire::Outcome::stored};
  EXPECT_EQ(sent_to("200 OK", wire::encode_outcomes(two)).receipt, Receipt::unknown);
  EXPECT_EQ(sent_to("204 Nothing").receipt, Receipt::unknown);
}

TEST_F(MailboxTest, ARelayThatIsNotThereHasSeenNothing) {
  std::string origin;
  {
    const PushService gone;
    origin = gone.origin();
  }
  const SealedMessage one = message();
  Mailbox lost{{origin, {}}, credentials_of(own_, {}), clock_};
  EXPECT_EQ(lost.send({&one, 1}).at(0).receipt, Receipt::failed_for_now);
  EXPECT_EQ(lost.poll(0, 0s).trouble, "the relay is out of reach");
  EXPECT_FALSE(lost.acknowledge(1));
}

TEST_F(MailboxTest, ABatchOfAnySizeGoesInRequestsThatARelayTakes) {
  std::vector<SealedMessage> batch;
  for (int i = 0; i < 512; ++i) batch.push_back(message());
  will_answer("200 OK",
              wire::encode_outcomes(std::vector<wire::Outcome>(256, wire::Outcome::stored)));
  // What no relay takes is refused here, keeps its place, and keeps back nobody else.
  SealedMessage nowhere = message();
  nowhere.address = "no mailbox";
  batch.insert(batch.begin() + 100, message(wire::kMostEnvelopeBytes + 1));
  batch.insert(batch.begin() + 200, nowhere);
  batch.insert(batch.begin() + 300, message(0));
  const auto deliveries = mailbox().send(batch);
  ASSERT_EQ(deliveries.size(), batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    EXPECT_EQ(deliveries[i].id, batch[i].id);
    const bool is_bad = i == 100 || i == 200 || i == 300;
    EXPECT_EQ(deliveries[i].receipt, is_bad ? Receipt::failed_for_good : Receipt::sent) << i;
  }
  EXPECT_EQ(relay_.requests().size(), 2U);
  EXPECT_TRUE(mailbox().send({}).empty());
  EXPECT_EQ(relay_.requests().size(), 2U);
}

TEST_F(MailboxTest, APageIsReadOrTheTroubleIsNamed) {
  const wire::Item item{4, wire::ItemKind::message, seal::random_message_id(entropy_), kAsked, {1}};
  will_answer("200 OK", wire::encode_items({&item, 1}));
  const Mailbox::Page page = mailbox().poll(3, 5s);
  EXPECT_EQ(page.trouble, "");
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.items[0].id, item.id);
  // Nobody waits for more than a minute, or for less than nothing.
  mailbox().poll(3, 3'600s);
  mailbox().poll(3, -5s);
  const auto requests = relay_.requests();
  EXPECT_NE(requests[1].head.find("wait=60 "), std::string::npos);
  EXPECT_NE(requests[2].head.find("wait=0 "), std::string::npos);

  will_answer("200 OK", {9, 9, 9});
  EXPECT_NE(mailbox().poll(0, 0s).trouble, "");
  EXPECT_FALSE(mailbox().poll(0, 0s).is_refused);
  will_answer("429 Busy\r\nRetry-After: 30", {});
  EXPECT_EQ(mailbox().poll(0, 0s).retry_after, 30s);
  EXPECT_FALSE(mailbox().poll(0, 0s).is_refused);
  will_answer("403 Forbidden", {});
  EXPECT_TRUE(mailbox().poll(0, 0s).is_refused);
}

TEST_F(MailboxTest, OnlyADeletionIsAnAcknowledgement) {
  for (const char* head : {"204 Nothing", "200 OK", "403 Forbidden", "500 Oh", ""}) {
    will_answer(head, {});
    EXPECT_EQ(mailbox().acknowledge(1), std::string_view{head} == "204 Nothing") << head;
  }
}

TEST_F(MailboxTest, AnAddressThatIsNoOriginIsAFault) {
  for (const char* url : {"", "relay", "ftp://relay", "http://relay/path", "http://u@relay"})
    EXPECT_THROW((Mailbox{{url, {}}, credentials_of(own_, {}), clock_}), base::Fault) << url;
}

}  // namespace
}  // namespace tocsin::channel
