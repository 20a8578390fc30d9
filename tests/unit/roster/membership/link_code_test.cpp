#include "roster/membership/link_code.h"

#include <gtest/gtest.h>

#include <set>

#include "base/random.h"
#include "base/text.h"

namespace tocsin::roster {
namespace {

using namespace std::chrono_literals;

constexpr base::Instant kExpires{std::chrono::hours{500'000}};

TEST(LinkCode, IsReadHoweverPeopleWriteIt) {
  const std::string code = "LINK-7KQ2-M4XZ-9TRD-P10W";
  for (const char* words :
       {"LINK-7KQ2-M4XZ-9TRD-P10W", "/start LINK-7KQ2-M4XZ-9TRD-P10W", "link 7kq2 m4xz 9trd p10w",
        "LINK7KQ2M4XZ9TRDPIOW", "  link-7kq2-m4xz\n9trd-pl0w  ", "/START link7kq2m4xz9trdp10w"})
    EXPECT_EQ(link_code_in(words), code) << words;
}

TEST(LinkCode, IsNothingElse) {
  for (const std::string& words :
       {std::string{}, std::string{"/start"}, std::string{"LINK"}, std::string{"Y 20"},
        std::string{"LINK-7KQ2-M4XZ-9TRD-P10"}, std::string{"LINK-7KQ2-M4XZ-9TRD-P10WW"},
        std::string{"LINK-7KQ2-M4XZ-9TRD-P1\xff"
                    "W"},
        std::string{"LINK-7KQ2-M4XZ-9TRD-P1UW"},
        std::string{"send LINK-7KQ2-M4XZ-9TRD-P10W please"}, std::string(1'000'000, 'L'),
        std::string{"LINK-7KQ2-M4XZ-9TRD-P1"} + '\0' + "W"})
    EXPECT_FALSE(link_code_in(words)) << words.substr(0, 60);
}

TEST(LinkCode, IsAnotherEachTimeAndFitsIntoALinkOfTelegram) {
  base::SeededRandom random{7};
  std::set<std::string> codes;
  for (int i = 0; i < 1'000; ++i) {
    const std::string code = make_link_code(random);
    EXPECT_EQ(link_code_in(code), code);
    EXPECT_LE(code.size(), 64U);
    EXPECT_EQ(code.find_first_not_of("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), std::string::npos);
    codes.insert(code);
  }
  EXPECT_EQ(codes.size(), 1'000U);
}

TEST(LinkCode, IsFoundByItsHashAlone) {
  base::SeededRandom random{8};
  const std::string first = make_link_code(random);
  const std::string second = make_link_code(random);
  const std::vector<PendingLink> pending{
      pending_link(first, PersonId{"E1"}, ChannelId{"telegram"}, kExpires),
      pending_link(second, PersonId{"E2"}, ChannelId{"viber"}, kExpires)};
  EXPECT_EQ(find_link(pending, first), 0U);
  EXPECT_EQ(find_link(pending, second), 1U);
  EXPECT_FALSE(find_link(pending, make_link_code(random)));
  EXPECT_FALSE(find_link({}, first));
  const base::Bytes kept = encode(pending);
  const std::string text{base::text_of(kept)};
  EXPECT_EQ(text.find(first), std::string::npos);
  EXPECT_EQ(text.find(first.substr(5, 4)), std::string::npos);
}

TEST(LinkCode, IsReadBackAsItWasWrittenAndNothingElse) {
  base::SeededRandom random{9};
  std::vector<PendingLink> pending{
      pending_link(make_link_code(random), PersonId{"E1"}, ChannelId{"telegram"}, kExpires),
      pending_link(make_link_code(random), PersonId{"E2"}, ChannelId{"viber"}, kExpires)};
  pending[1].used = kExpires - 1h;
  const base::Bytes good = encode(pending);
  EXPECT_EQ(decode_links(good), pending);
  for (std::size_t cut = 0; cut < good.size(); ++cut)
    EXPECT_FALSE(decode_links({good.data(), cut})) << cut;
  base::Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(decode_links(longer));
  base::Bytes newer = good;
  newer[0] = 9;
  EXPECT_FALSE(decode_links(newer));
  EXPECT_FALSE(decode_links(base::Bytes{1, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F}));
}

}  // namespace
}  // namespace tocsin::roster
