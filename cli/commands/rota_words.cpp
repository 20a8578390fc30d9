// tocsin rota words: says what the words of a rota system mean, for every import to come.
#include <fmt/format.h>

#include <optional>

#include "base/text.h"
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "roster/people/dates.h"
#include "roster/people/spelling.h"
#include "roster/reading/duty_words.h"
#include "screen/staff/import_view.h"
#include "seal/entropy.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

class RotaWords final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("action", action_, "What to do; nothing: list them")
        ->one_of({"list", "set", "forget"});
    app.add_option("word", word_, "The text as the rota writes it")->type_name("WORD");
    app.add_option("duty", duty_, "on-duty, on-call, absent, or off: nothing is planned")
        ->type_name("DUTY");
    app.add_option("role", role_, "The role it is for, when it is not their own")
        ->type_name("ROLE");
    app.add_option("--from", from_, "When it begins, where the file has no time")
        ->type_name("CLOCK");
    app.add_option("--until", until_, "When it ends, where the file has no time")
        ->type_name("CLOCK");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const bool changes = action_ == "set" || action_ == "forget";
    std::optional<base::FileLock> held;
    if (changes && !context.dry_run) held = control::hold_people(home);
    roster::Meanings meanings = control::read_meanings(home, keys.store);
    if (action_ == "set") meanings[roster::duty_key(word_)] = meaning();
    if (action_ == "forget" && meanings.erase(roster::duty_key(word_)) == 0)
      throw Fault(Exit::usage, fmt::format("\"{}\" has no meaning here", base::printable(word_)),
                  "\"tocsin rota words\" lists them");
    if (held) {
      seal::Entropy random;
      control::write_meanings(home, keys.store, meanings, random, *held);
    }
    print_meanings(context.out, context.form(), meanings);
    return Exit::done;
  }

 private:
  roster::Meaning meaning() const {
    const auto duty = roster::duty_from_text(duty_);
    if (!duty)
      throw Fault(Exit::usage,
                  duty_.empty() ? std::string{"a word needs its duty"}
                                : fmt::format("\"{}\" is no duty", base::printable(duty_)),
                  "on-duty, on-call, absent, or off: nothing is planned");
    roster::Meaning out;
    out.written = base::printable(base::trim(word_));
    out.duty = *duty;
    out.role = roster::RoleId{roster::canonical_word(role_)};
    if (from_.empty() != until_.empty())
      throw Fault(Exit::usage, "--from and --until go together", "--from 20:00 --until 08:00");
    out.from = clock(from_);
    out.until = clock(until_);
    return out;
  }

  static std::optional<base::Minutes> clock(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto read = roster::parse_clock(text);
    if (!read)
      throw Fault(Exit::usage, fmt::format("\"{}\" is no time of day", base::printable(text)),
                  "--from 20:00 --until 08:00");
    return read;
  }

  std::string action_;
  std::string word_;
  std::string duty_;
  std::string role_;
  std::string from_;
  std::string until_;
};

}  // namespace

std::unique_ptr<Command> make_rota_words() { return std::make_unique<RotaWords>(); }

}  // namespace tocsin::cli
