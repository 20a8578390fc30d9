// A whole journal file from anybody. It is read, or refused by a Fault or a Flaw. A sound one
// opens, and reading and verifying agree on its end.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/fault.h"
#include "journal/sqlite.h"
#include "journal/verify.h"
#include "seal/entropy.h"

using namespace tocsin;

namespace {

// Of tests/vectors/sound.journal.
constexpr std::string_view kStoreKey =
    "9c10106b4e2d51af6c747d7de835ff1e031e607b0a0ebeb8f2eef9a0e7350cd0";
constexpr std::string_view kOrganisation =
    "0914cd1fe761138aa27b4fd350d84e67c687d1c69247ec608e00b4a1e5dd5196";

template <class Bytes>
void fill(Bytes&& out, std::string_view hex) {
  const base::Bytes bytes = *base::from_hex(hex);
  std::copy(bytes.begin(), bytes.end(), out.begin());
}

std::filesystem::path scratch() {
  const bool has_memory = ::access("/dev/shm", W_OK) == 0;
  std::string folder =
      (has_memory ? std::filesystem::path("/dev/shm") : std::filesystem::temp_directory_path()) /
      "tocsin-fuzz-XXXXXX";
  TOCSIN_ASSERT(::mkdtemp(folder.data()) != nullptr);
  return folder;
}

struct Scratch {
  std::filesystem::path folder = scratch();
  ~Scratch() { std::filesystem::remove_all(folder); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static seal::Entropy entropy;
  const Scratch scratch;
  const std::filesystem::path path = scratch.folder / "journal";
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
  seal::StoreKey key;
  fill(key.fill(), kStoreKey);
  seal::VerifyKey organisation;
  fill(organisation.bytes, kOrganisation);
  try {
    const journal::Verified verified = journal::verify(path, {organisation, &key, std::nullopt});
    if (verified.flaw) return 0;
    const auto opened = journal::SqliteJournal::open(path, std::move(key), std::nullopt, entropy);
    std::uint64_t read = 0;
    opened->read_after(0, [&](const journal::Entry&) { ++read; });
    TOCSIN_ASSERT(read == verified.events && opened->head() == verified.head);
  } catch (const base::Fault&) {
  }
  return 0;
}
