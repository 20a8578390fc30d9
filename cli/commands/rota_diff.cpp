// tocsin rota diff: says what an import of these files would change. Writes nothing.
#include "command.h"
#include "input/opening.h"
#include "input/rota_files.h"
#include "roster/rota/difference.h"
#include "screen/staff/difference_view.h"
#include "screen/staff/import_view.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class RotaDiff final : public Command {
 public:
  void describe(Options& app) override { files_.describe(app); }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const TriedImport tried = files_.read(context, home, keys);
    if (!tried.after) {
      print_refused_rota(context.out, context.form(), tried.read);
      return Exit::invalid;
    }
    print_differences(context.out, context.form(), roster::differences(tried.before, *tried.after),
                      tried.roster, tried.read.findings);
    return Exit::done;
  }

 private:
  RotaFiles files_;
};

}  // namespace

std::unique_ptr<Command> make_rota_diff() { return std::make_unique<RotaDiff>(); }

}  // namespace tocsin::cli
