#include "journal/lease.h"

#include <utility>

namespace tocsin::journal {

namespace {

constexpr std::size_t kNumberBytes = 8;
// The first programs of this format wrote 16 random bytes, without a number.
constexpr std::size_t kUnnumberedBytes = 16;

bool is_held(base::ByteView owner) noexcept { return owner.size() > kNumberBytes; }

}  // namespace

std::uint64_t SqliteLease::number_in(base::ByteView owner) noexcept {
  return owner.size() == kUnnumberedBytes ? 0 : base::ByteReader{owner}.u64();
}

SqliteLease::SqliteLease(Database& database, const seal::StoreKey& key, const JournalId& id,
                         base::Random& random)
    : database_(database),
      key_(key),
      id_(id),
      random_(random),
      begin_(database, "BEGIN IMMEDIATE"),
      commit_(database, "COMMIT"),
      find_(database, "SELECT owner, until FROM lease WHERE name = 'drive'"),
      put_(database, "INSERT OR REPLACE INTO lease VALUES ('drive', ?, ?)") {}

SqliteLease::Row SqliteLease::read() {
  const Use find{find_};
  if (!find->step()) return {};
  const base::ByteView owner = find->bytes(0);
  return {{owner.begin(), owner.end()}, static_cast<std::uint64_t>(find->integer(1))};
}

void SqliteLease::write(const Row& row) {
  put_.bind(1, row.owner).bind(2, static_cast<std::int64_t>(row.beat)).run();
}

base::Bytes SqliteLease::owner(std::uint64_t number, base::ByteView holder) {
  base::ByteWriter out;
  out.u64(number);
  out.raw(seal::seal_at_rest(key_, lease_aad(id_), holder, random_));
  return out.take();
}

Holding SqliteLease::look() {
  const Row row = read();
  Holding holding{row.number(), row.beat, is_held(row.owner), {}};
  if (!holding.is_held) return holding;
  const base::ByteView sealed = base::ByteView{row.owner}.subspan(kNumberBytes);
  if (auto opened = seal::open_at_rest(key_, lease_aad(id_), sealed))
    holding.holder = *std::move(opened);
  return holding;
}

std::optional<Fence> SqliteLease::take(const Holding& seen, base::ByteView holder) {
  // A hostile file may hold the largest number; 0 means no fence.
  const std::uint64_t number = seen.number == UINT64_MAX ? 1 : seen.number + 1;
  base::Bytes mine = owner(number, holder);
  Transaction transaction(database_, begin_);
  const Row row = read();
  if (row.number() != seen.number || row.beat != seen.beat || is_held(row.owner) != seen.is_held)
    return std::nullopt;
  write({std::move(mine), row.beat + 1});
  transaction.commit(commit_);
  fence_ = {number};
  return fence_;
}

bool SqliteLease::beat(base::ByteView holder) {
  base::Bytes mine = owner(fence_.number, holder);
  Transaction transaction(database_, begin_);
  const Row row = read();
  if (fence_ == Fence{} || row.number() != fence_.number) return false;
  write({std::move(mine), row.beat + 1});
  transaction.commit(commit_);
  return true;
}

// The number stays, so that the next to take it has a higher one.
void SqliteLease::give_back() {
  Transaction transaction(database_, begin_);
  const Row row = read();
  if (fence_ == Fence{} || row.number() != fence_.number) return;
  base::ByteWriter nobody;
  nobody.u64(fence_.number);
  write({nobody.take(), row.beat + 1});
  transaction.commit(commit_);
  fence_ = {};
}

}  // namespace tocsin::journal
