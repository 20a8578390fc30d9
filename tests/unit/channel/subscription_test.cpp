#include "channel/subscription.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <string>

#include "channel/public_address.h"
#include "channel/subscription_book.h"

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

const base::Instant kTonight{std::chrono::seconds{1'795'388'400}};

TEST(SubscriptionBook, BelievesTheNewestWordOnly) {
  using std::chrono::minutes;
  const seal::KeyId ana{{1}}, ben{{2}};
  const Subscription first = subscription("https://push.example.net/1");
  const Subscription second = subscription("https://push.example.net/2");
  SubscriptionBook book;
  EXPECT_TRUE(book.keep(ana, second, kTonight));
  EXPECT_FALSE(book.keep(ana, second, kTonight));
  EXPECT_FALSE(book.keep(ana, first, kTonight - minutes{1}));
  EXPECT_TRUE(book.can_wake(ana));
  EXPECT_FALSE(book.can_wake(ben));
  EXPECT_EQ(book.by_mailbox(), (std::map<std::string, Subscription>{{to_text(ana), second}}));

  EXPECT_FALSE(book.retire(ana, first));  // a newer one has replaced it
  EXPECT_TRUE(book.retire(ana, second));
  EXPECT_FALSE(book.can_wake(ana));
  EXPECT_FALSE(book.keep(ana, second, kTonight));  // repeated by a relay
  EXPECT_TRUE(book.keep(ana, first, kTonight + minutes{1}));

  EXPECT_TRUE(book.forget_if([&](const seal::KeyId& id) { return id == ana; }));
  EXPECT_TRUE(book.by_mailbox().empty());
}

TEST(SubscriptionBook, OffersAgainUntilThereIsASubscription) {
  const seal::KeyId ana{{1}};
  SubscriptionBook book;
  EXPECT_TRUE(book.wants_offer(ana, kTonight));
  book.offered(ana, kTonight);
  EXPECT_FALSE(book.wants_offer(ana, kTonight));
  EXPECT_TRUE(book.wants_offer(ana, kTonight + std::chrono::days{7}));
  book.keep(ana, subscription("https://push.example.net/1"), kTonight);
  EXPECT_FALSE(book.wants_offer(ana, kTonight + std::chrono::days{7}));
}

TEST(SubscriptionBook, ReadsWhatItWroteAndNothingElse) {
  SubscriptionBook book;
  book.keep(seal::KeyId{{1}}, subscription("https://push.example.net/1"), kTonight);
  book.offered(seal::KeyId{{2}}, kTonight);
  const base::Bytes bytes = encode(book);
  EXPECT_EQ(decode_subscription_book(bytes), book);
  EXPECT_EQ(decode_subscription_book(encode(SubscriptionBook{})), SubscriptionBook{});
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    EXPECT_FALSE(decode_subscription_book(base::ByteView{bytes}.first(cut))) << cut;
}

bool is_public(const std::string& text) {
  sockaddr_storage storage{};
  if (text.find(':') == std::string::npos) {
    auto& four = reinterpret_cast<sockaddr_in&>(storage);
    four.sin_family = AF_INET;
    EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &four.sin_addr), 1) << text;
  } else {
    auto& six = reinterpret_cast<sockaddr_in6&>(storage);
    six.sin6_family = AF_INET6;
    EXPECT_EQ(inet_pton(AF_INET6, text.c_str(), &six.sin6_addr), 1) << text;
  }
  return channel::is_public(reinterpret_cast<const sockaddr&>(storage));
}

TEST(PublicAddress, IsNoneInsideTheBuilding) {
  for (const char* address : {"0.0.0.0",
                              "0.1.2.3",
                              "10.0.0.1",
                              "10.255.255.255",
                              "100.64.0.1",
                              "100.127.255.255",
                              "127.0.0.1",
                              "127.255.255.254",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.8",
                              "192.0.2.1",
                              "192.88.99.1",
                              "192.168.1.1",
                              "198.18.0.1",
                              "198.19.255.255",
                              "198.51.100.1",
                              "203.0.113.9",
                              "224.0.0.1",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::ffff:127.0.0.1",
                              "::ffff:8.8.8.8",
                              "64:ff9b::a00:1",
                              "100::1",
                              "2001::1",
                              "2001:db8::1",
                              "2002:7f00:1::",
                              "3fff::1",
                              "fc00::1",
                              "fd12:3456::1",
                              "fe80::1",
                              "fec0::1",
                              "ff02::1"})
    EXPECT_FALSE(is_public(address)) << address;
  for (const char* address :
       {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.0.0.1",
        "128.0.0.1", "169.253.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "192.167.0.1",
        "198.17.0.1", "198.20.0.1", "223.255.255.255", "2001:4860:4860::8888", "2a00:1450::1",
        "2606:4700::1111", "3fff:1000::1"})
    EXPECT_TRUE(is_public(address)) << address;
}

}  // namespace
}  // namespace tocsin::channel
