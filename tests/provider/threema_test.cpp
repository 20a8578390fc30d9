// The channel threema against a simulator of the Gateway, which opens boxes as telephones do with
// an implementation of its own, and makes the forms that the Gateway posts.
#include "channel/threema.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "channel/threema_message.h"
#include "provider/provider_process.h"
#include "seal/entropy.h"
#include "unit/home/temporary_folder.h"
#include "wire/messages.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::Delivery;
using channel::Receipt;
using channel::ThreemaChannel;
using nlohmann::json;
using Message = channel::Outgoing<channel::Words>;

class ThreemaProvider : public testing::Test {
 protected:
  void start(std::vector<std::string> options = {}) {
    options.insert(options.begin(), {"threema", "--key", base::to_hex(key_.sealing_key().bytes)});
    provider_ = std::make_unique<ProviderProcess>(options);
    connect();
  }
  void connect(const std::string& secret = "nevergonnagiveyouup") {
    channel_.reset();
    channel_ = std::make_unique<ThreemaChannel>(
        channel::ThreemaAccess{provider_->origin(), "*TOCSIN1", seal::SecretText{secret},
                               seal::OpeningKey::from_secret(key_.secret())},
        folder_.path(), clock_, channel::Listen::when_asked, std::nullopt);
  }
  Message message(const std::string& to = "ABCD1234", const std::string& text = "Come to Resus.") {
    return {seal::random_message_id(entropy_),
            to,
            {text},
            clock_.now() + 6h,
            channel::Urgency::high,
            true};
  }
  Receipt send(const Message& one) { return channel_->send({&one, 1}).at(0).receipt; }
  json seen() { return provider_->control(); }
  void fails(json fault) { provider_->control({{"faults", json::array({std::move(fault)})}}); }

  home::TemporaryFolder folder_;
  seal::Entropy entropy_;
  seal::OpeningKey key_ = seal::OpeningKey::generate(entropy_);
  ForwardClock clock_;
  std::unique_ptr<ProviderProcess> provider_;
  std::unique_ptr<ThreemaChannel> channel_;
};

TEST_F(ThreemaProvider, IsReadByThePersonsTelephone) {
  start();
  EXPECT_EQ(send(message()), Receipt::sent);
  EXPECT_EQ(send(message("ABCD1234", "Ü")), Receipt::sent);
  const json read = seen().at("read");
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read.at(0).at("text"), "Come to Resus.");
  EXPECT_EQ(read.at(1).at("text"), "Ü");
  for (const json& one : read) EXPECT_GE(one.at("padded"), 32);
  EXPECT_EQ(seen().at("requests").at("GET /pubkeys/ABCD1234"), 1);  // once
}

TEST_F(ThreemaProvider, GoesToManyInFewRequests) {
  start();
  std::vector<Message> batch;
  for (int i = 0; i < 100; ++i)
    batch.push_back(message(fmt::format("{}BCD{:04}", i == 7 ? '0' : 'A', i), std::to_string(i)));
  const auto deliveries = channel_->send(batch);
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(deliveries[static_cast<std::size_t>(i)].receipt,
              i == 7 ? Receipt::failed_for_good : Receipt::sent);
  const json all = seen();
  EXPECT_EQ(all.at("requests").at("POST /send_e2e_bulk"), 1);
  ASSERT_EQ(all.at("read").size(), 99U);
  for (const json& one : all.at("read"))
    EXPECT_EQ(std::stoi(one.at("to").get<std::string>().substr(4)),
              std::stoi(one.at("text").get<std::string>()));
}

TEST_F(ThreemaProvider, StopsWhenAKeyIsAnotherThanBefore) {
  start();
  EXPECT_EQ(send(message()), Receipt::sent);
  provider_->control({{"rekeyed", {"ABCD1234"}}});
  EXPECT_EQ(send(message()), Receipt::sent);  // this process does not ask again
  connect();
  const Message one = message();
  const Delivery stopped = channel_->send({&one, 1}).at(0);
  EXPECT_EQ(stopped.receipt, Receipt::failed_for_good);
  EXPECT_NE(stopped.reason.find("another key"), std::string::npos);
  EXPECT_EQ(send(message("WXYZ1234")), Receipt::sent);
  EXPECT_EQ(seen().at("read").size(), 3U);
}

TEST_F(ThreemaProvider, SaysThatThereAreNoCredits) {
  start({"--credits", "2"});
  std::vector<Message> batch;
  for (int i = 0; i < 5; ++i) batch.push_back(message());
  const auto deliveries = channel_->send(batch);
  EXPECT_EQ(std::ranges::count(deliveries, Receipt::sent, &Delivery::receipt), 2);
  EXPECT_EQ(std::ranges::count(deliveries, Receipt::failed_for_good, &Delivery::receipt), 3);
  const json before = seen().at("requests");
  EXPECT_EQ(send(message()), Receipt::failed_for_good);
  EXPECT_EQ(seen().at("requests"), before);  // it is not even asked
}

TEST_F(ThreemaProvider, FailsInEveryWayAndNobodyIsForgotten) {
  start();
  fails({{"kind", "reset"}, {"path", "/pubkeys"}});
  EXPECT_EQ(send(message()), Receipt::failed_for_now);  // nothing was sent
  EXPECT_EQ(send(message()), Receipt::sent);
  for (const char* kind : {"reset", "lost", "cut"}) {
    fails({{"kind", kind}, {"path", "/send_e2e"}});
    EXPECT_EQ(send(message()), Receipt::unknown) << kind;
  }
  fails({{"kind", "status"}, {"status", 500}, {"path", "/send_e2e"}});
  EXPECT_EQ(send(message()), Receipt::unknown);
  fails({{"kind", "garbage"}, {"body", "<html>"}, {"path", "/send_e2e"}});
  EXPECT_EQ(send(message()), Receipt::unknown);
  for (const char* body : {"[]", "{}", R"([{"messageId":"x"},{"errorCode":"y"}])"}) {
    fails({{"kind", "garbage"}, {"body", body}, {"path", "/send_e2e_bulk"}});
    const std::vector<Message> two{message(), message()};
    for (const Delivery& delivery : channel_->send(two))
      EXPECT_EQ(delivery.receipt, Receipt::unknown) << body;
  }
  connect("wrong");
  EXPECT_EQ(send(message()), Receipt::failed_for_now);
}

// The simulator's forms, opened by us.
class ThreemaPosts : public ThreemaProvider {
 protected:
  // As a hook's mailbox gives them, without a relay.
  std::optional<channel::ThreemaContent> content(const std::string& form, const std::string& from) {
    const auto post = channel::parse_threema_post(base::bytes_of(form), "nevergonnagiveyouup");
    if (!post) return std::nullopt;
    EXPECT_EQ(post->from, from);
    EXPECT_EQ(post->to, "*TOCSIN1");
    channel::HttpClient http{{}};
    channel::HttpRequest request;
    request.url =
        provider_->origin() + "/pubkeys/" + from + "?from=%2ATOCSIN1&secret=nevergonnagiveyouup";
    const auto key = channel::parse_threema_key(http.perform(std::move(request)).body);
    const auto opened = seal::unbox(post->box, post->nonce, *key, key_);
    if (!opened) return std::nullopt;
    return channel::parse_threema_content(*opened);
  }
};

TEST_F(ThreemaPosts, HoldWordsAndReceipts) {
  start();
  const json forms = provider_
                         ->control({{"forms",
                                     {{{"from", "ABCD1234"}, {"words", "Y 20 \u00e9"}},
                                      {{"from", "ABCD1234"},
                                       {"says", 3},
                                       {"names", {"00000000000000a1", "00000000000000a2"}}}}}})
                         .at("forms");
  const auto words = content(forms.at(0), "ABCD1234");
  ASSERT_TRUE(words);
  EXPECT_EQ(std::get<channel::ThreemaWords>(*words).text, "Y 20 \u00e9");
  const auto receipt = content(forms.at(1), "ABCD1234");
  ASSERT_TRUE(receipt);
  EXPECT_EQ(std::get<channel::ThreemaReceipt>(*receipt).says, channel::ThreemaSays::agreed);
  EXPECT_EQ(std::get<channel::ThreemaReceipt>(*receipt).messages,
            (std::vector<std::string>{"00000000000000a1", "00000000000000a2"}));
  std::string forged = forms.at(0);
  forged.replace(forged.find("ABCD1234"), 8, "WXYZ1234");
  EXPECT_FALSE(content(forged, "WXYZ1234"));
}

}  // namespace
}  // namespace tocsin::provider
