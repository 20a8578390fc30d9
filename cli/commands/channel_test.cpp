// tocsin channel test: writes to people over one channel, and says whom that reached and how fast.
#include "control/channel_test.h"

#include <fmt/format.h>

#include "base/text.h"
#include "channel/make.h"
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/person.h"
#include "screen/channel_view.h"
#include "screen/terminal.h"
#include "seal/entropy.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

class ChannelTest final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("channel", channel_, "Which of tocsin.yaml")->required()->type_name("CHANNEL");
    app.add_option("--person", people_, "Id or name")->type_name("PERSON")->allow_extra_args(false);
    app.add_option("--sample", sample_, "So many people, drawn by chance")
        ->type_name("NUMBER")
        ->between(1, 100'000);
    app.add_flag("--everyone", everyone_, "Everybody who has an address there");
    app.add_option("--wait", wait_, "How long to wait for receipts and answers")
        ->type_name("TIME")
        ->capture_default_str();
  }

  Exit run(Context& context) override {
    const base::Minutes wait = time_to_wait();
    if ((people_.empty() ? 0 : 1) + (sample_ > 0 ? 1 : 0) + (everyone_ ? 1 : 0) != 1)
      throw Fault(Exit::usage, "a test needs to know whom to write to",
                  "one of --person PERSON, --sample NUMBER and --everyone");
    const home::Home home = open_home(context);
    const home::Channel& channel = control::need_lone_channel(home, channel_, "tested");
    const home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = control::need_roster(home, keys.store);
    control::TestScope scope = control::scope_of(roster, channel.id, chosen(roster));
    if (sample_ > 0) control::sample(scope, static_cast<std::size_t>(sample_), seal::random_seed());
    if (scope.targets.empty())
      throw Fault(Exit::invalid, fmt::format("nobody of these can be written to by {}", channel_),
                  "\"tocsin staff show PERSON\" says by what they can, and why not");
    const TestShown shown{channel_, roster};
    if (context.dry_run) {
      print_test_plan(context.out, context.form(), shown, scope,
                      channel::limit_of(channel.id, channel.settings));
      return Exit::done;
    }
    seal::Entropy random;
    Terminal terminal{Page::scroll, Keys::none};
    const control::ChannelTested tested = control::test_channel(
        {home, keys, channel, roster, scope, wait}, context.clock, random,
        [&](base::Milliseconds patience) { return terminal.wait(patience).stop; });
    print_test(context.out, context.form(), shown, tested.points, tested.stopped);
    for (const std::string& words : tested.notes) context.out.note(words);
    const control::TestCounts counts = control::counts_of(tested.points);
    return counts.reached == counts.people ? Exit::done : Exit::not_reached;
  }

 private:
  base::Minutes time_to_wait() const {
    const auto wait = base::parse_minutes(wait_);
    if (!wait || *wait > std::chrono::days{1})
      throw Fault(Exit::usage, fmt::format("\"{}\" is no time to wait", base::printable(wait_)),
                  "0min to 24h");
    return *wait;
  }

  std::vector<roster::PersonId> chosen(const roster::Roster& roster) const {
    std::vector<roster::PersonId> people;
    for (const std::string& name : people_) people.push_back(person_named(roster, name).id);
    return people;
  }

  std::string channel_;
  std::vector<std::string> people_;
  int sample_ = 0;
  bool everyone_ = false;
  std::string wait_ = "10min";
};

}  // namespace

std::unique_ptr<Command> make_channel_test() { return std::make_unique<ChannelTest>(); }

}  // namespace tocsin::cli
