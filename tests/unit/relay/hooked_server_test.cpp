// The hooks of a whole relay, and who reads what was posted to them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <future>

#include "unit/relay/serving.h"
#include "wire/hooked.h"

namespace tocsin::relay {
namespace {

using channel::Mailbox;
using channel::SealedMessage;
using contact::Receipt;
using std::chrono::seconds;

class HookedServerTest : public Serving {
 protected:
  void SetUp() override {
    ServerSettings settings;
    settings.hooks.push_back({"viber", Provider::viber, seal::SecretText{"secret"}, std::nullopt,
                              key_.public_identity(), ""});
    start(std::move(settings));
  }
  std::string post(std::string_view body, std::string_view signature,
                   std::string_view name = "viber") const {
    return status_of(
        fmt::format("POST /hook/{} HTTP/1.1\r\nHost: relay\r\nContent-Length: {}\r\n"
                    "X-Viber-Content-Signature: {}\r\n\r\n{}",
                    name, body.size(), signature, body));
  }
  seal::Identity key_ = seal::Identity::generate(people_.entropy);
};

// printf '{"a":1}' | openssl dgst -sha256 -hmac secret
constexpr std::string_view kHookBody = R"({"a":1})";
constexpr std::string_view kHookMac =
    "aa9e2e3575f5d7098b6caccd790888c36d5fdb63342a73bada2d6a51747a8494";

TEST_F(HookedServerTest, KeepsAPostOnceForWhoeverHoldsTheKey) {
  EXPECT_EQ(post(kHookBody, kHookMac), "HTTP/1.1 200");
  EXPECT_EQ(post(kHookBody, kHookMac), "HTTP/1.1 200");  // the provider posts again
  EXPECT_EQ(post(kHookBody, "00"), "HTTP/1.1 403");
  EXPECT_EQ(post("", kHookMac), "HTTP/1.1 403");
  EXPECT_EQ(post(kHookBody, kHookMac, "other"), "HTTP/1.1 404");
  EXPECT_EQ(post(kHookBody, kHookMac, "../viber"), "HTTP/1.1 404");
  EXPECT_EQ(status_of("GET /hook/viber HTTP/1.1\r\nHost: relay\r\n\r\n"), "HTTP/1.1 405");
  EXPECT_EQ(post(std::string(300'000, 'x'), kHookMac), "HTTP/1.1 413");
  // What a coordinator writes to that mailbox is no post.
  const SealedMessage forged = to(key_, 1);
  EXPECT_EQ(coordinator().send({&forged, 1})[0].receipt, Receipt::sent);

  Mailbox reader{address(), as(key_, std::nullopt), clock_};
  const auto page = reader.poll(0, seconds{0});
  ASSERT_EQ(page.items.size(), 2U) << page.trouble;
  EXPECT_EQ(page.items[0].kind, wire::ItemKind::hooked);
  EXPECT_EQ(page.items[1].kind, wire::ItemKind::message);
  const auto hooked = wire::open_hooked(page.items[0].envelope, key_.opening);
  ASSERT_TRUE(hooked);
  EXPECT_EQ(base::text_of(hooked->body), kHookBody);
  EXPECT_EQ(page.ahead, seconds{0});
  clock_.advance(std::chrono::minutes{2});  // both clocks
  const base::VirtualClock slow{clock_.now() - std::chrono::minutes{3}};
  EXPECT_EQ((Mailbox{address(), as(key_, std::nullopt), slow}.poll(0, seconds{0}).ahead),
            std::chrono::minutes{3});
}

TEST_F(HookedServerTest, APostWakesWhoWaitsForIt) {
  Mailbox reader{address(), as(key_, std::nullopt), clock_};
  auto waits = std::async(std::launch::async, [&] { return reader.poll(0, seconds{20}); });
  wait_for_waiting(1);
  EXPECT_EQ(post(kHookBody, kHookMac), "HTTP/1.1 200");
  EXPECT_EQ(waits.get().items.size(), 1U);
}

}  // namespace
}  // namespace tocsin::relay
