#include "control/holder.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace tocsin::control {
namespace {

Holder some() {
  return {"Dr A. Okafor",
          "control-1",
          "pts/3",
          4'711,
          *base::from_rfc3339("2026-11-22T22:40:00Z"),
          *base::from_rfc3339("2026-11-22T22:58:03Z")};
}

TEST(HolderTest, SaysWhatItSaid) {
  EXPECT_EQ(decode_holder(encode(some())), some());
  EXPECT_EQ(words_of(some()), "Dr A. Okafor (control-1, pts/3, process 4711)");
}

TEST(HolderTest, ThisProcessSaysWhichItIs) {
  const Holder mine = this_process("Dr A");
  EXPECT_EQ(mine.name, "Dr A");
  EXPECT_EQ(mine.process, static_cast<std::uint64_t>(::getpid()));
  EXPECT_FALSE(mine.host.empty());
}

TEST(HolderTest, RefusesWhatIsNotWhole) {
  const base::Bytes whole = encode(some());
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(decode_holder(base::ByteView{whole}.first(size))) << size;
  base::Bytes longer = whole;
  longer.push_back(0);
  EXPECT_FALSE(decode_holder(longer));
  base::Bytes newer = whole;
  ++newer.front();
  EXPECT_FALSE(decode_holder(newer));
}

TEST(HolderTest, RefusesTimesThatNobodyCanReckonWith) {
  for (const std::int64_t wrong : {INT64_MIN, std::int64_t{-1}, INT64_MAX}) {
    Holder holder = some();
    holder.heard_at = base::Instant{base::Milliseconds{wrong}};
    EXPECT_FALSE(decode_holder(encode(holder)));
    holder = some();
    holder.since = base::Instant{base::Milliseconds{wrong}};
    EXPECT_FALSE(decode_holder(encode(holder)));
  }
}

TEST(HolderTest, IsPrintedWithoutControlCharacters) {
  Holder holder = some();
  holder.name = "Dr\x1b[2J";
  holder.terminal = "pts\n3";
  const std::string words = words_of(holder);
  EXPECT_EQ(words.find('\x1b'), std::string::npos) << words;
  EXPECT_EQ(words.find('\n'), std::string::npos) << words;
  EXPECT_EQ(words_of({}), "another process");
}

}  // namespace
}  // namespace tocsin::control
