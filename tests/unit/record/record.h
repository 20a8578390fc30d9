// A home whose incidents a test declares, with the events that it wants in them.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/fault.h"
#include "incident/state/event.h"
#include "journal/sqlite.h"
#include "record/journals.h"
#include "record/verify.h"
#include "seal/entropy.h"
#include "unit/home/known_passphrase.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::record {

class Record : public testing::Test {
 protected:
  Record()
      : home_(home::Home::create(folder_.path() / "home", founding(), "", entropy_, clock_)),
        keys_(unlock()) {}

  static home::Founding founding() {
    home::Founding founding;
    founding.organisation = "St Elsewhere";
    founding.coordinator = "Dr A. Okafor, on-call director";
    founding.protection = seal::Protection::none;
    return founding;
  }

  home::Unlocked unlock() {
    home::KnownPassphrase none("");
    home::MapOfKeys keyring;
    return home_.unlock(none, keyring);
  }

  static base::Bytes encoded(base::Instant at, incident::Body body) {
    return incident::encode({at, "Dr A. Okafor", std::move(body)});
  }

  // A journal that begins with its declaration.
  seal::MessageId declare(const std::string& label, base::Instant at,
                          std::vector<base::Bytes> more = {}) {
    const seal::MessageId id = seal::random_message_id(entropy_);
    incident::Declared declared;
    declared.incident = id;
    declared.label = label;
    declared.playbook = "title: whole";
    more.insert(more.begin(), encoded(at, declared));
    std::filesystem::create_directories(home_.journal_path(id).parent_path());
    seal::StoreKey key = seal::generate_store_key(entropy_);
    const base::Bytes wrapped =
        seal::wrap(key.view(), home_.holders(), journal::key_purpose(id), entropy_);
    journal::SqliteJournal::create(home_.journal_path(id), id, std::move(key), wrapped,
                                   journal::Author{keys_.coordinator.signing, keys_.certificate},
                                   entropy_)
        ->append(0, more);
    return id;
  }

  Listed find(std::string_view wanted) { return find_incident(home_, keys_, wanted); }
  seal::StoreKey key_of(const Listed& incident) {
    return journal::open_store_key(incident.path, keys_.coordinator.opening);
  }
  Verified verify(std::string_view wanted) {
    const Listed incident = find(wanted);
    return record::verify(incident, home_.organisation().verify, key_of(incident), std::nullopt);
  }

  seal::Entropy entropy_;
  base::VirtualClock clock_{*base::from_rfc3339("2026-11-22T22:00:00Z")};
  home::TemporaryFolder folder_;
  home::Home home_;
  home::Unlocked keys_;
};

}  // namespace tocsin::record
