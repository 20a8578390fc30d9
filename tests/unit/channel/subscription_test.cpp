#include "channel/subscription.h"

#include <gtest/gtest.h>

#include <string>

namespace tocsin::channel {
namespace {

Subscription subscription(std::string endpoint) {
  Subscription out{std::move(endpoint), {}};
  out.keys.device.fill(4);
  out.keys.shared.fill(7);
  return out;
}

TEST(Subscription, ReadsWhatItWrote) {
  const Subscription sound = subscription("https://push.example.net/p/x?token=a%2Fb");
  EXPECT_EQ(decode_subscription_payload(subscription_payload(sound), ""), sound);
  const base::Bytes bytes = subscription_payload(sound);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    EXPECT_FALSE(decode_subscription_payload(base::ByteView{bytes}.first(cut), "")) << cut;
  base::Bytes more = bytes;
  more.push_back(0);
  EXPECT_FALSE(decode_subscription_payload(more, ""));
}

TEST(Subscription, NamesThePushServicesThatThereAre) {
  EXPECT_EQ(push_service("https://fcm.googleapis.com/fcm/send/dQw4:APA91b", "")->url,
            "https://fcm.googleapis.com");
  EXPECT_EQ(push_service("https://updates.push.services.mozilla.com/wpush/v2/gAAA", "")->url,
            "https://updates.push.services.mozilla.com");
  EXPECT_EQ(push_service("https://web.push.apple.com/QGu", "")->url, "https://web.push.apple.com");
  EXPECT_EQ(push_service("https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%2b", "")->url,
            "https://wns2-par02p.notify.windows.com");
  EXPECT_EQ(push_service("https://Push.Example.net:8443/p", "")->url,
            "https://push.example.net:8443");
}

TEST(Subscription, RefusesAHostileEndpoint) {
  const std::string long_one = "https://push.example.net/" + std::string(1 << 20, 'a');
  for (const std::string& endpoint : {std::string{},
                                      std::string{"x"},
                                      std::string{"http://push.example.net/p"},
                                      std::string{"ftp://push.example.net/p"},
                                      std::string{"file:///etc/passwd"},
                                      std::string{"https://user@push.example.net/p"},
                                      std::string{"https://user:secret@push.example.net/p"},
                                      std::string{"https://push.example.net/p#fragment"},
                                      std::string{"https://localhost/p"},
                                      std::string{"https://localhost./p"},
                                      std::string{"https://intranet/p"},
                                      std::string{"https://printer.local/p"},
                                      std::string{"https://vault.internal/p"},
                                      std::string{"https://127.0.0.1/p"},
                                      std::string{"https://127.1/p"},
                                      std::string{"https://2130706433/p"},
                                      std::string{"https://0x7f000001/p"},
                                      std::string{"https://0x7f.0x1/p"},
                                      std::string{"https://10.0.0.1/p"},
                                      std::string{"https://8.8.8.8/p"},
                                      std::string{"https://[::1]/p"},
                                      std::string{"https://[::ffff:127.0.0.1]/p"},
                                      std::string{"https://push.example.net/a b"},
                                      std::string{"https://push.example.net/\r\nX: y"},
                                      std::string{"https://push.example.net\\@localhost/"},
                                      std::string{"https://p\xc3\xbcsh.example.net/p"},
                                      std::string{"https://push.example.net:0x/"},
                                      std::string{"https://push.example.net\0.localhost/p", 36},
                                      long_one}) {
    EXPECT_FALSE(push_service(endpoint, "")) << endpoint.substr(0, 80);
    EXPECT_FALSE(decode_subscription_payload(subscription_payload(subscription(endpoint)), ""))
        << endpoint.substr(0, 80);
  }
  EXPECT_TRUE(push_service("https://push.example.net/" + std::string(2'000, 'a'), ""));
  EXPECT_FALSE(push_service("https://push.example.net/" + std::string(2'048, 'a'), ""));
}

TEST(Subscription, MayBeOfTheOrganisationsOwnPushServiceAndNoOtherLikeIt) {
  const std::string own = "http://127.0.0.1:8090";
  EXPECT_TRUE(push_service("http://127.0.0.1:8090/p/1", own));
  EXPECT_FALSE(push_service("http://127.0.0.1:8091/p/1", own));
  EXPECT_FALSE(push_service("http://127.0.0.1:80900/p/1", own));
  EXPECT_FALSE(push_service("http://127.0.0.1:8090@evil.example/p", own));
  EXPECT_FALSE(push_service("http://127.0.0.1:8090.evil.example/p", own));
  EXPECT_FALSE(push_service("https://127.0.0.1:8090/p/1", own));
  EXPECT_TRUE(push_service("https://push.example.net/p", own));
}

}  // namespace
}  // namespace tocsin::channel
