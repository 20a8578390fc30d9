#include "roster/rota/meaning.h"

#include <gtest/gtest.h>

namespace tocsin::roster {
namespace {

TEST(Meaning, ComesBackAndIsRefusedWhenDamaged) {
  const Meanings meanings{
      {"", {"", Duty::on_duty, {}, {}, {}}},
      {"ld", {"LD", Duty::on_duty, {}, base::Minutes{450}, base::Minutes{1200}}},
      {"oc2", {"OC2", Duty::on_call, RoleId{"anaesthetist"}, {}, {}}},
      {"team-meeting", {"Team meeting", Duty::off, {}, {}, {}}}};
  const base::Bytes good = encode(meanings);
  ASSERT_EQ(decode_meanings(good), meanings);
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(decode_meanings(base::ByteView{good}.first(size)));
  for (std::size_t i = 0; i < good.size() * 8; ++i) {
    base::Bytes bad = good;
    bad[i / 8] = static_cast<std::uint8_t>(bad[i / 8] ^ (1U << i % 8));
    const auto read = decode_meanings(bad);
    EXPECT_LE(read ? read->size() : 0U, meanings.size());
  }
}

}  // namespace
}  // namespace tocsin::roster
