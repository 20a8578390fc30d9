// Where a passphrase comes from: a file that the command line or the environment names, or the
// terminal with its echo off. It is never a command-line argument and never logged.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::home {

// Wiped at the end of its life; moved, never copied.
class Passphrase {
 public:
  explicit Passphrase(std::string text);  // move the only copy in
  ~Passphrase();
  // These copy and wipe, and there may be no memory for the copy.
  Passphrase(Passphrase&& other);             // NOLINT(performance-noexcept-move-constructor)
  Passphrase& operator=(Passphrase&& other);  // NOLINT(performance-noexcept-move-constructor)
  Passphrase(const Passphrase&) = delete;
  Passphrase& operator=(const Passphrase&) = delete;
  std::string_view text() const noexcept { return text_; }

 private:
  std::string text_;
};

class PassphraseSource {
 public:
  virtual ~PassphraseSource() = default;
  // `what` is shown to a person: "the coordinator's key". When no passphrase can be had, the
  // Fault's hint says how to give one.
  virtual Passphrase ask(std::string_view what) = 0;
  // For a new key: a person types it twice.
  virtual Passphrase ask_new(std::string_view what) = 0;
  // Whether the command line or the environment named it. Then it goes before the keyring.
  virtual bool is_named() const noexcept = 0;
};

// Reads the first line of the file, without the line end, if a file is given; otherwise asks at the
// terminal. Without a terminal, ask() faults.
std::unique_ptr<PassphraseSource> passphrase_source(
    const std::optional<std::filesystem::path>& file);

}  // namespace tocsin::home
