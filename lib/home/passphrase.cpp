#include "home/passphrase.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>

#include "base/fault.h"
#include "base/file.h"
#include "base/text.h"
#include "seal/secret.h"

namespace tocsin::home {

namespace {

using base::Exit;
using base::Fault;

constexpr std::size_t kMostPassphraseBytes = 1024;
constexpr std::size_t kLeastNew = 12;  // three short words

void wipe(std::string& text) {
  seal::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  text.clear();
}

Passphrase checked_new(Passphrase passphrase) {
  if (passphrase.text().size() < kLeastNew)
    throw Fault(Exit::usage, fmt::format("a new passphrase has at least {} characters", kLeastNew),
                "three random words are easy to remember and hard to guess");
  return passphrase;
}

class NamedFile final : public PassphraseSource {
 public:
  explicit NamedFile(std::filesystem::path path) : path_(std::move(path)) {}

  Passphrase ask(std::string_view) override {
    std::string content = base::read_file(path_, kMostPassphraseBytes);
    Passphrase passphrase{content.substr(0, content.find_first_of("\r\n"))};
    wipe(content);
    if (passphrase.text().empty())
      throw Fault(Exit::fault, fmt::format("{} begins with an empty line", path_.string()),
                  "the passphrase is the file's first line");
    return passphrase;
  }
  Passphrase ask_new(std::string_view what) override { return checked_new(ask(what)); }
  bool is_named() const noexcept override { return true; }

 private:
  std::filesystem::path path_;
};

// The terminal itself, not standard input and output, so that `tocsin board | less` can ask, too.
class Terminal {
 public:
  Terminal() noexcept : fd_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
    open_ = fd_ >= 0 && ::tcgetattr(fd_, &before_) == 0;
  }
  ~Terminal() {
    if (fd_ >= 0) ::close(fd_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  bool is_open() const noexcept { return open_; }

  void show(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t put = ::write(fd_, text.data(), text.size());
      if (put < 0 && errno != EINTR) return;
      if (put > 0) text.remove_prefix(static_cast<std::size_t>(put));
    }
  }

  // Reads one line with the echo off. Keys come one by one and without signals, so that Ctrl-C does
  // not leave the terminal with its echo off. The echo goes off before the prompt is shown.
  Passphrase read_unseen(std::string_view prompt) {
    termios unseen = before_;
    unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
    unseen.c_cc[VMIN] = 1;
    unseen.c_cc[VTIME] = 0;
    ::tcsetattr(fd_, TCSAFLUSH, &unseen);
    show(prompt);
    std::string text;
    text.reserve(kMostPassphraseBytes);  // the text never moves in memory and leaves no copy behind
    const bool whole = read_keys(text);
    ::tcsetattr(fd_, TCSAFLUSH, &before_);
    show("\n");
    Passphrase passphrase{std::move(text)};
    if (!whole) throw Fault(Exit::fault, "no passphrase was given");
    return passphrase;
  }

 private:
  bool read_keys(std::string& text) const {
    constexpr char kInterrupt = 3, kEnd = 4, kBackspace = 8, kKill = 21, kDelete = 127;
    for (;;) {
      char key = 0;
      const ssize_t got = ::read(fd_, &key, 1);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0 || key == kInterrupt || key == kEnd) return false;
      if (key == '\r' || key == '\n') return true;
      if (key == kKill) wipe(text);
      if ((key == kBackspace || key == kDelete) && !text.empty()) {
        while (text.size() > 1 && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80)
          text.pop_back();
        text.pop_back();
      }
      if (static_cast<unsigned char>(key) >= 0x20 && key != kDelete &&
          text.size() < kMostPassphraseBytes)
        text.push_back(key);
    }
  }

  int fd_;
  bool open_ = false;
  termios before_{};
};

class Prompt final : public PassphraseSource {
 public:
  Passphrase ask(std::string_view what) override {
    return ask_once(fmt::format("Passphrase for {}: ", what));
  }
  Passphrase ask_new(std::string_view what) override {
    Passphrase first = checked_new(ask_once(fmt::format("New passphrase for {}: ", what)));
    const Passphrase second = ask_once("The same again: ");
    if (!seal::equal_in_constant_time(base::bytes_of(first.text()), base::bytes_of(second.text())))
      throw Fault(Exit::usage, "the two passphrases differ", "try again");
    return first;
  }
  bool is_named() const noexcept override { return false; }

 private:
  static Passphrase ask_once(std::string_view prompt) {
    Terminal terminal;
    if (!terminal.is_open())
      throw Fault(Exit::untrusted, "a passphrase is needed, and there is no terminal to ask on",
                  "run \"tocsin unlock\" first, or name a file with --passphrase-file or "
                  "TOCSIN_PASSPHRASE_FILE");
    return terminal.read_unseen(base::printable(prompt));
  }
};

}  // namespace

// Copies and wipes instead of moving: moving a short string leaves its characters behind.
// NOLINTBEGIN(performance-noexcept-move-constructor,performance-move-constructor-init)
Passphrase::Passphrase(std::string text) : text_(text) { wipe(text); }
Passphrase::~Passphrase() { wipe(text_); }
Passphrase::Passphrase(Passphrase&& other) : text_(other.text_) { wipe(other.text_); }
Passphrase& Passphrase::operator=(Passphrase&& other) {
  if (this != &other) {
    wipe(text_);
    text_ = other.text_;
    wipe(other.text_);
  }
  return *this;
}
// NOLINTEND(performance-noexcept-move-constructor,performance-move-constructor-init)

std::unique_ptr<PassphraseSource> passphrase_source(
    const std::optional<std::filesystem::path>& file) {
  if (file) return std::make_unique<NamedFile>(*file);
  return std::make_unique<Prompt>();
}

}  // namespace tocsin::home
