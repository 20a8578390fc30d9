#include "channel/subscription_book.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/random.h"

namespace tocsin::channel {
namespace {

Subscription wakes_at(std::string endpoint) {
  Subscription out{std::move(endpoint), {}};
  out.keys.device.fill(4);
  out.keys.shared.fill(7);
  return out;
}

const base::Instant kTonight{std::chrono::seconds{1'795'388'400}};

TEST(SubscriptionBook, BelievesTheNewestWordOnly) {
  using std::chrono::minutes;
  const seal::KeyId ana{{1}}, ben{{2}};
  const Subscription first = wakes_at("https://push.example.net/1");
  const Subscription second = wakes_at("https://push.example.net/2");
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
  book.keep(ana, wakes_at("https://push.example.net/1"), kTonight);
  EXPECT_FALSE(book.wants_offer(ana, kTonight + std::chrono::days{7}));
}

TEST(SubscriptionBook, ReadsWhatItWroteAndNothingElse) {
  SubscriptionBook book;
  book.keep(seal::KeyId{{1}}, wakes_at("https://push.example.net/1"), kTonight);
  book.offered(seal::KeyId{{2}}, kTonight);
  const base::Bytes bytes = encode(book);
  EXPECT_EQ(decode_subscription_book(bytes), book);
  EXPECT_EQ(decode_subscription_book(encode(SubscriptionBook{})), SubscriptionBook{});
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    EXPECT_FALSE(decode_subscription_book(base::ByteView{bytes}.first(cut))) << cut;
}

TEST(SubscriptionBook, ForgetsThoseItIsToldToAndNobodyElse) {
  base::SeededRandom random{3};
  for (int round = 0; round < 100; ++round) {
    SubscriptionBook book;
    std::set<seal::KeyId> here;
    for (std::uint8_t n = 0; n < 10; ++n) {
      const seal::KeyId id{{n}};
      if (random.chance(0.5)) continue;
      here.insert(id);
      book.keep(id, wakes_at("https://push.example.net/" + std::to_string(n)), kTonight);
    }
    const auto lost = static_cast<std::uint8_t>(random.below(10));
    const bool any = book.forget_if([&](const seal::KeyId& id) { return id.bytes[0] >= lost; });
    std::erase_if(here, [&](const seal::KeyId& id) { return id.bytes[0] < lost; });
    EXPECT_EQ(any, !here.empty());
    for (std::uint8_t n = 0; n < 10; ++n)
      EXPECT_FALSE(n >= lost && book.can_wake(seal::KeyId{{n}})) << int{n};
    EXPECT_FALSE(book.forget_if([&](const seal::KeyId& id) { return id.bytes[0] >= lost; }));
  }
}

TEST(SubscriptionBook, WhatIsReadIsWrittenAgainByteForByte) {
  SubscriptionBook book;
  book.keep(seal::KeyId{{1}}, wakes_at("https://push.example.net/1"), kTonight);
  book.offered(seal::KeyId{{2}}, kTonight);
  const base::Bytes good = encode(book);
  for (std::size_t i = 0; i < good.size() * 8; ++i) {
    base::Bytes bad = good;
    bad[i / 8] = static_cast<std::uint8_t>(bad[i / 8] ^ (1U << i % 8));
    const auto read = decode_subscription_book(bad);
    EXPECT_TRUE(!read || encode(*read) == bad) << i;
  }
  base::Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(decode_subscription_book(longer));
}

}  // namespace
}  // namespace tocsin::channel
