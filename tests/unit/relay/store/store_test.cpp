#include "relay/store/store.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

#include "base/fault.h"
#include "base/file.h"
#include "unit/relay/people.h"

namespace tocsin::relay {
namespace {

namespace fs = std::filesystem;
using base::Bytes;

constexpr std::uint64_t kRoom = 1ULL << 30;
const base::Instant kLater = kNight + std::chrono::hours{1};
const seal::KeyId kBox{{1}};
const seal::KeyId kOther{{2}};

seal::MessageId id(int number) {
  return seal::MessageId{
      {static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)}};
}

class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "tocsin-store-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    path_ = folder_ / "relay.db";
  }
  void TearDown() override { fs::remove_all(folder_); }

  static Kept put(Store& store, const seal::KeyId& mailbox, int number, const Bytes& envelope,
                  std::size_t capacity = 1'000,
                  std::optional<seal::KeyId> receipts = std::nullopt) {
    store.begin();
    const Kept kept = store.put({mailbox, id(number), kLater, envelope, receipts}, capacity).kept;
    store.commit();
    return kept;
  }
  static std::vector<seal::KeyId> acknowledge(Store& store, const seal::KeyId& mailbox,
                                              std::uint64_t cursor) {
    store.begin();
    std::vector<seal::KeyId> told;
    for (const Arrival& receipt : store.acknowledge(mailbox, cursor, 1'000))
      told.push_back(receipt.mailbox);
    store.commit();
    return told;
  }

  fs::path folder_, path_;
};

TEST_F(StoreTest, KeepsInOrderAndBeyondARestart) {
  std::uint64_t last = 0;
  {
    Store store{path_, kRoom, kNight};
    for (int i = 0; i < 5; ++i) EXPECT_EQ(put(store, kBox, i, Bytes(3, 1)), Kept::stored);
    EXPECT_EQ(put(store, kOther, 9, Bytes(3, 9)), Kept::stored);
    store.open_mailbox(kOther, {kBox, kLater});
  }
  Store store{path_, kRoom, kNight};
  const auto items = store.read(kBox, 0, kNight);
  ASSERT_EQ(items.size(), 5U);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(items[static_cast<std::size_t>(i)].id, id(i));
    EXPECT_GT(items[static_cast<std::size_t>(i)].cursor, last);
    last = items[static_cast<std::size_t>(i)].cursor;
  }
  EXPECT_EQ(store.read(kBox, items[2].cursor, kNight).size(), 2U);
  const auto open = store.open_mailboxes();
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open.at(kOther).organisation, kBox);
  EXPECT_EQ(open.at(kOther).until, kLater);
}

TEST_F(StoreTest, KnowsAnIdUntilItExpiresAlsoAfterItWasTaken) {
  Store store{path_, kRoom, kNight};
  EXPECT_EQ(put(store, kBox, 1, Bytes(3, 1)), Kept::stored);
  EXPECT_EQ(put(store, kBox, 1, Bytes(3, 2)), Kept::already);
  EXPECT_EQ(put(store, kOther, 1, Bytes(3, 1)), Kept::stored);  // another mailbox
  EXPECT_EQ(store.read(kBox, 0, kNight).front().envelope, Bytes(3, 1));
  acknowledge(store, kBox, store.read(kBox, 0, kNight).back().cursor);
  EXPECT_TRUE(store.read(kBox, 0, kNight).empty());
  EXPECT_EQ(put(store, kBox, 1, Bytes(3, 1)), Kept::already);
  store.expire(kLater);
  EXPECT_EQ(put(store, kBox, 1, Bytes(3, 1)), Kept::stored);
}

TEST_F(StoreTest, DestroysWhatWasTakenOnTheDiskToo) {
  const std::string secret = "CIPHERTEXT-THAT-MUST-DIE";
  const auto anywhere = [&] {
    for (const auto& entry : fs::directory_iterator{folder_}) {
      std::ifstream file{entry.path(), std::ios::binary};
      const std::string all{std::istreambuf_iterator<char>{file}, {}};
      if (all.find(secret) != std::string::npos) return true;
    }
    return false;
  };
  {
    Store store{path_, kRoom, kNight};
    put(store, kBox, 1, Bytes{secret.begin(), secret.end()});
    ASSERT_TRUE(anywhere());
    acknowledge(store, kBox, store.read(kBox, 0, kNight).back().cursor);
  }  // closing removes the write-ahead log
  EXPECT_FALSE(anywhere());
}

TEST_F(StoreTest, LeavesAReceiptWhereOneWasAskedFor) {
  Store store{path_, kRoom, kNight};
  put(store, kBox, 1, Bytes(3, 1), 1'000, kOther);
  put(store, kBox, 2, Bytes(3, 1));
  put(store, kBox, 3, Bytes(3, 1), 1'000, kOther);
  const auto items = store.read(kBox, 0, kNight);
  EXPECT_EQ(acknowledge(store, kBox, items[1].cursor), (std::vector<seal::KeyId>{kOther}));
  EXPECT_EQ(acknowledge(store, kBox, items[1].cursor), std::vector<seal::KeyId>{});
  auto receipts = store.read(kOther, 0, kNight);
  ASSERT_EQ(receipts.size(), 1U);
  EXPECT_EQ(receipts[0].kind, wire::ItemKind::receipt);
  EXPECT_EQ(receipts[0].id, id(1));
  EXPECT_TRUE(receipts[0].envelope.empty());
  EXPECT_EQ(acknowledge(store, kOther, receipts[0].cursor), std::vector<seal::KeyId>{});
  EXPECT_TRUE(store.read(kOther, 0, kNight).empty());
}

TEST_F(StoreTest, ADevicesMessageCannotTakeTheRoomOfAReceipt) {
  Store store{path_, kRoom, kNight};
  put(store, kBox, 1, Bytes(3, 1), 1'000, kOther);
  EXPECT_EQ(put(store, kOther, 1, Bytes(3, 9)),
            Kept::stored);  // the same id, in the receipts' mailbox
  acknowledge(store, kBox, store.read(kBox, 0, kNight).back().cursor);
  EXPECT_EQ(store.read(kOther, 0, kNight).size(), 2U);
}

TEST_F(StoreTest, PagesAreBounded) {
  Store store{{}, kRoom, kNight};
  store.begin();
  for (int i = 0; i < 300; ++i) store.put({kBox, id(i), kLater, Bytes(3, 1), {}}, 1'000);
  for (int i = 0; i < 100; ++i) store.put({kOther, id(i), kLater, Bytes(20'000, 1), {}}, 1'000);
  store.commit();
  EXPECT_EQ(store.read(kBox, 0, kNight).size(), wire::kMostItems);
  const auto large = store.read(kOther, 0, kNight);
  EXPECT_EQ(large.size(), wire::kMostPageBytes / 20'000);
  std::size_t seen = 0;
  for (std::uint64_t after = 0;;) {
    const auto page = store.read(kOther, after, kNight);
    if (page.empty()) break;
    seen += page.size();
    after = page.back().cursor;
  }
  EXPECT_EQ(seen, 100U);
}

TEST_F(StoreTest, AFullMailboxSaysSoAndHasRoomAgainAfterwards) {
  Store store{path_, kRoom, kNight};
  EXPECT_EQ(put(store, kBox, 1, Bytes(3, 1), 2), Kept::stored);
  EXPECT_EQ(put(store, kBox, 2, Bytes(3, 1), 2), Kept::stored);
  EXPECT_EQ(put(store, kBox, 3, Bytes(3, 1), 2), Kept::full);
  EXPECT_EQ(put(store, kBox, 2, Bytes(3, 1), 2), Kept::already);
  EXPECT_EQ(put(store, kOther, 3, Bytes(3, 1), 2), Kept::stored);
  acknowledge(store, kBox, store.read(kBox, 0, kNight).front().cursor);
  EXPECT_EQ(put(store, kBox, 3, Bytes(3, 1), 2), Kept::stored);
}

TEST_F(StoreTest, ExpiresInTime) {
  Store store{path_, kRoom, kNight};
  put(store, kBox, 1, Bytes(3, 1));
  EXPECT_EQ(store.read(kBox, 0, kLater - base::Milliseconds{1}).size(), 1U);
  EXPECT_TRUE(store.read(kBox, 0, kLater).empty());  // even before expired messages are deleted
  store.open_mailbox(kOther, {kBox, kLater});
  store.expire(kLater - base::Milliseconds{1});
  EXPECT_EQ(store.read(kBox, 0, kNight).size(), 1U);
  store.expire(kLater);
  EXPECT_TRUE(store.read(kBox, 0, kNight).empty());
  EXPECT_TRUE(store.open_mailboxes().empty());
}

TEST_F(StoreTest, WhatWasNotCommittedNeverWas) {
  Store store{path_, kRoom, kNight};
  put(store, kBox, 1, Bytes(3, 1), 2);
  store.begin();
  store.put({kBox, id(2), kLater, Bytes(3, 1), {}}, 2);
  store.acknowledge(kBox, std::numeric_limits<std::uint64_t>::max(), 10);
  store.roll_back();
  EXPECT_EQ(store.read(kBox, 0, kNight).size(), 1U);
  EXPECT_EQ(put(store, kBox, 3, Bytes(3, 1), 2), Kept::stored);  // the count was corrected
  EXPECT_EQ(put(store, kBox, 4, Bytes(3, 1), 2), Kept::full);
}

TEST_F(StoreTest, AFullDiskIsAFaultAndLeavesWhatWasThere) {
  Store store{path_, 200ULL * 4'096, kNight};
  int stored = 0;
  try {
    for (; stored < 1'000; ++stored) put(store, kBox, stored, Bytes(4'000, 1), 10'000);
  } catch (const base::Fault& fault) {
    store.roll_back();
    EXPECT_NE(std::string{fault.what()}.find("full"), std::string::npos) << fault.what();
  }
  EXPECT_THROW(store.try_writing(), base::Fault);
  EXPECT_GT(stored, 50);
  EXPECT_LT(stored, 200);
  std::size_t found = 0;
  for (std::uint64_t after = 0;;) {
    const auto page = store.read(kBox, after, kNight);
    if (page.empty()) break;
    found += page.size();
    after = page.back().cursor;
  }
  EXPECT_EQ(found, static_cast<std::size_t>(stored));
  acknowledge(store, kBox, std::numeric_limits<std::uint64_t>::max());
  store.try_writing();
  store.try_writing();
  EXPECT_EQ(store.count(), 0U);
  EXPECT_EQ(put(store, kBox, 2'000, Bytes(4'000, 1)), Kept::stored);
}

TEST_F(StoreTest, ANewStoreStartsAboveAnOlderOne) {
  std::uint64_t old_cursor = 0;
  {
    Store store{{}, kRoom, kNight};
    put(store, kBox, 1, Bytes(3, 1));
    old_cursor = store.read(kBox, 0, kNight).back().cursor;
  }
  Store store{{}, kRoom, kNight + std::chrono::seconds{1}};
  put(store, kBox, 1, Bytes(3, 1));
  EXPECT_EQ(store.read(kBox, old_cursor, kNight).size(), 1U);
  // A store that was restored from a copy does not hide messages from a reader with a higher
  // cursor.
  EXPECT_EQ(store.read(kBox, old_cursor + 10'000'000'000, kNight).size(), 1U);
}

TEST_F(StoreTest, IsForItsOwnerAloneAndForOneRelayAtATime) {
  Store store{path_, kRoom, kNight};
  put(store, kBox, 1, Bytes(3, 1));
  for (const auto& entry : fs::directory_iterator{folder_})
    EXPECT_EQ(entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all),
              fs::perms::none)
        << entry.path();
  EXPECT_THROW(Store(path_, kRoom, kNight), base::Fault);
}

TEST_F(StoreTest, FaultsOnWhatIsNoStore) {
  base::write_file(path_, base::bytes_of(std::string(5'000, 'x')), base::Access::owner_only);
  EXPECT_THROW(Store(path_, kRoom, kNight), base::Fault);
  EXPECT_THROW(Store(folder_ / "nowhere" / "relay.db", kRoom, kNight), base::Fault);
}

}  // namespace
}  // namespace tocsin::relay
