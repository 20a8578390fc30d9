// tocsin doctor: says in advance what would go wrong in an incident. Changes nothing.
#include "command.h"
#include "control/examination.h"
#include "input/opening.h"
#include "input/playbook_file.h"
#include "input/when.h"
#include "screen/examination_view.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class Doctor final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--playbook", files_, "Also say which of its posts cannot be filled")
        ->type_name("FILE");
    app.add_option("--at", at_, "When they are to be filled; now unless it is given")
        ->type_name("TIME");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const base::Instant now = context.clock.now();
    const base::Instant at = when(at_, now);
    std::vector<control::CheckedPlaybook> playbooks;
    for (const std::string& file : files_)
      playbooks.push_back({file, read_playbook(file).playbook, {}, {}});
    const home::Unlocked keys = unlock(context, home);
    const control::Examination examined =
        control::examine(home, keys, std::move(playbooks), at, now);
    if (context.json)
      print_examination_json(context.out, examined);
    else
      print_examination(context.out, examined);
    if (examined.misses_channels()) return Exit::invalid;
    if (examined.unfilled() > 0) return Exit::unfilled;
    return examined.reach.unreachable.empty() ? Exit::done : Exit::not_reached;
  }

 private:
  std::vector<std::string> files_;
  std::string at_;
};

}  // namespace

std::unique_ptr<Command> make_doctor() { return std::make_unique<Doctor>(); }

}  // namespace tocsin::cli
