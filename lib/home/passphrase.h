// Where a passphrase comes from: a file that the command line or the environment names, or the
// terminal with its echo off. Never an argument, never a log.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::home {

// Wiped when it goes; moved, never copied.
class Passphrase {
 public:
  explicit Passphrase(std::string text);  // takes the only copy
  ~Passphrase();
  Passphrase(Passphrase&& other);
  Passphrase& operator=(Passphrase&& other);
  Passphrase(const Passphrase&) = delete;
  Passphrase& operator=(const Passphrase&) = delete;
  std::string_view text() const noexcept { return text_; }

 private:
  std::string text_;
};

class PassphraseSource {
 public:
  virtual ~PassphraseSource() = default;
  // `what` is shown to a person: "the coordinator's key". Faults, with the ways out in the hint,
  // when there is no passphrase to be had.
  virtual Passphrase ask(std::string_view what) = 0;
  // For a new key: a person types it twice.
  virtual Passphrase ask_new(std::string_view what) = 0;
  // Whether the command line or the environment named it: then it comes before the keyring.
  virtual bool is_named() const noexcept = 0;
};

// The file when there is one (its first line, without the line end), else the terminal, else a
// fault when asked.
std::unique_ptr<PassphraseSource> passphrase_source(
    const std::optional<std::filesystem::path>& file);

}  // namespace tocsin::home
