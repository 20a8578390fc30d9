// For every journal test: an organisation, its coordinators and a temporary folder. All keys come
// from a seed, so that a failure repeats.
#pragma once

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "journal/sqlite.h"
#include "journal/verify.h"
#include "seal/entropy.h"

namespace tocsin::journal {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    // Use a folder in memory if there is one. The tests need no disk, and those that change every
    // byte would wait for it thousands of times.
    const bool has_memory = ::access("/dev/shm", W_OK) == 0;
    std::string name =
        (has_memory ? std::filesystem::path("/dev/shm") : std::filesystem::temp_directory_path()) /
        "tocsin-journal-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline base::Instant some_time() { return *base::from_rfc3339("2026-11-22T22:40:00Z"); }

struct Coordinator {
  seal::Identity identity;
  seal::Certificate certificate;
  Author author() const { return {identity.signing, certificate}; }
};

struct Organisation {
  explicit Organisation(base::Random& random)
      : random_(random), signing(seal::SigningKey::generate(random)) {}

  Coordinator coordinator(const std::string& name, seal::Role role = seal::Role::tactical) {
    seal::Identity identity = seal::Identity::generate(random_);
    seal::Certificate certificate =
        seal::issue_certificate(signing, role, identity.public_identity(), name, ++serial_,
                                some_time(), some_time() + std::chrono::hours(24 * 365));
    return {std::move(identity), std::move(certificate)};
  }

 private:
  base::Random& random_;
  std::uint64_t serial_ = 0;

 public:
  seal::SigningKey signing;
};

inline base::Bytes body(std::string_view text) {
  return {base::bytes_of(text).begin(), base::bytes_of(text).end()};
}

inline std::vector<base::Bytes> bodies(std::initializer_list<std::string_view> texts) {
  std::vector<base::Bytes> all;
  for (const std::string_view text : texts) all.push_back(body(text));
  return all;
}

inline std::vector<std::string> texts_after(Journal& journal, std::uint64_t after) {
  std::vector<std::string> texts;
  journal.read_after(after, [&](const Entry& entry) {
    EXPECT_EQ(entry.number, after + texts.size() + 1);
    texts.emplace_back(base::text_of(entry.body));
  });
  return texts;
}

class JournalTest : public testing::Test {
 protected:
  std::filesystem::path path() const { return folder_.path() / "incident.journal"; }

  std::unique_ptr<SqliteJournal> create(const Coordinator& coordinator) {
    return SqliteJournal::create(path(), id_, key_.copy(), wrapped(), coordinator.author(),
                                 random_);
  }
  std::unique_ptr<SqliteJournal> open(const Coordinator& coordinator) {
    return SqliteJournal::open(path(), key_.copy(), coordinator.author(), random_);
  }
  std::unique_ptr<SqliteJournal> open_to_read() {
    return SqliteJournal::open(path(), key_.copy(), std::nullopt, random_);
  }
  base::Bytes wrapped() {
    const std::vector<seal::SealingKey> readers{okafor_.identity.opening.sealing_key(),
                                                lindqvist_.identity.opening.sealing_key()};
    return seal::wrap(key_.view(), readers, key_purpose(id_), random_);
  }
  Verified check() { return verify(path(), {organisation_.signing.verify_key(), &key_, {}}); }

  seal::Entropy entropy_;  // starts libsodium
  base::SeededRandom random_{20261122};
  TemporaryFolder folder_;
  Organisation organisation_{random_};
  Coordinator okafor_ = organisation_.coordinator("Dr A. Okafor, on-call director");
  Coordinator lindqvist_ = organisation_.coordinator("M. Lindqvist, site manager");
  JournalId id_ = seal::random_message_id(random_);
  seal::StoreKey key_ = seal::generate_store_key(random_);
};

}  // namespace tocsin::journal
