#include "journal/chain.h"

#include <algorithm>
#include <span>

namespace tocsin::journal {

namespace {

constexpr std::string_view kContext = "tocsin/v1/journal";

// Writes fields one after another into a buffer whose size is known at compile time.
template <std::size_t Size>
class Fields {
 public:
  Fields& raw(base::ByteView bytes) {
    std::copy(bytes.begin(), bytes.end(), out_.begin() + static_cast<std::ptrdiff_t>(at_));
    at_ += bytes.size();
    return *this;
  }
  Fields& u64(std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8)
      out_[at_++] = static_cast<std::uint8_t>(value >> shift);
    return *this;
  }
  const std::array<std::uint8_t, Size>& done() const { return out_; }

 private:
  std::array<std::uint8_t, Size> out_{};
  std::size_t at_ = 0;
};

}  // namespace

seal::Hash first_hash(const JournalId& id, base::ByteView proof) {
  base::ByteWriter start;
  start.raw(base::bytes_of(kContext));
  start.u32(kFormatVersion);
  start.raw(id.bytes);
  return seal::hash_of(start.bytes(), proof);
}

seal::Hash next_hash(const seal::Hash& previous, std::uint64_t number, base::ByteView sealed_body) {
  return seal::hash_of(Fields<40>{}.raw(previous).u64(number).done(), sealed_body);
}

BodyAad body_aad(const JournalId& id, std::uint64_t number) {
  return Fields<41>{}.raw(base::bytes_of(kContext)).raw(id.bytes).u64(number).done();
}

LeaseAad lease_aad(const JournalId& id) {
  return Fields<31>{}.raw(base::bytes_of("tocsin/v1/lease")).raw(id.bytes).done();
}

Attestation attestation(const JournalId& id, std::uint64_t first, std::uint64_t last,
                        const seal::Hash& hash, const seal::Hash& certificate_hash) {
  return Fields<96>{}.raw(id.bytes).u64(first).u64(last).raw(hash).raw(certificate_hash).done();
}

std::string key_purpose(const JournalId& id) { return "journal/" + seal::to_text(id); }

}  // namespace tocsin::journal
