// tocsin staff import: imports the roster from a CSV file, completely or not at all.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "base/counted.h"
#include "base/file.h"
#include "command.h"
#include "control/people.h"
#include "input/mapping_flags.h"
#include "input/opening.h"
#include "roster/people/import.h"
#include "roster/people/people_fields.h"
#include "screen/findings.h"
#include "seal/entropy.h"

namespace tocsin::cli {

namespace {

using base::Exit, base::Fault;

class StaffImport final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("file", file_, "The CSV file")->required()->type_name("FILE");
    mapping_.describe(app);
    app.add_flag("--allow-shrink", allow_shrink_,
                 "Go on although more than a fifth of the staff are not in the file");
    app.add_flag("--without-contacts", without_contacts_, "Go on although people have no numbers");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    std::optional<base::FileLock> held;
    if (!context.dry_run) held = control::hold_people(home);
    const roster::Roster before = control::read_roster(home, keys.store);
    document::Findings findings;
    const roster::Mapping mapping = mapping_.read(roster::people_fields(), findings);
    auto people = read_people(mapping, findings);
    if (!people) {
      print_refused_import(context.out, context.form(), file_, findings);
      return Exit::invalid;
    }
    roster::keep_history(*people, before);
    const roster::Roster after{before.revision() + 1, context.clock.now(), *std::move(people)};
    const roster::Difference change = roster::difference(before, after);
    refuse_losses(before, change);
    seal::Entropy random;
    if (held) control::write_roster(home, keys.store, after, random, *held);
    print(context, after, change, findings);
    return Exit::done;
  }

 private:
  void refuse_losses(const roster::Roster& before, const roster::Difference& change) const {
    constexpr std::size_t kMostLost = 5;  // one in so many
    if (!allow_shrink_ && change.removed * kMostLost > before.size())
      throw Fault(
          Exit::invalid,
          fmt::format("{} of the {} people on the roster are not in {}; nothing was imported",
                      change.removed, before.size(), file_),
          "look whether the file is whole; --allow-shrink imports it all the same");
    if (!without_contacts_ && change.lost_contacts * kMostLost > before.size())
      throw Fault(
          Exit::invalid,
          fmt::format(
              "{} of the {} people would lose every number and address; nothing was imported",
              change.lost_contacts, before.size()),
          "look for the column in the file; --without-contacts imports it all the same");
  }

  std::optional<std::vector<roster::Responder>> read_people(const roster::Mapping& mapping,
                                                            document::Findings& findings) const {
    const document::CsvLimits limits;
    const auto table =
        document::parse_csv(base::read_file(file_, limits.size_bytes), file_, findings);
    if (!table) return std::nullopt;
    using enum roster::Contacts;
    return import_people(*table, mapping, findings, without_contacts_ ? may_be_missing : wanted);
  }

  void print(Context& context, const roster::Roster& after, const roster::Difference& change,
             const document::Findings& findings) const {
    if (context.json) {
      context.out.json({{"imported", !context.dry_run},
                        {"revision", after.revision()},
                        {"people", after.size()},
                        {"added", change.added},
                        {"changed", change.changed},
                        {"unchanged", change.unchanged},
                        {"removed", change.removed},
                        {"without_contacts", change.without_contacts},
                        {"findings", to_json(findings)}});
      return;
    }
    say(findings, context.out);
    const std::string silent =
        change.without_contacts > 0
            ? fmt::format("; {} without any number or address", change.without_contacts)
            : "";
    context.out.line(fmt::format("{}{}: {} new, {} changed, {} as before, {} gone{}",
                                 context.dry_run ? "would import " : "",
                                 base::counted(after.size(), "person", "people"), change.added,
                                 change.changed, change.unchanged, change.removed, silent));
  }

  std::string file_;
  MappingFlags mapping_;
  bool allow_shrink_ = false;
  bool without_contacts_ = false;
};

}  // namespace

std::unique_ptr<Command> make_staff_import() { return std::make_unique<StaffImport>(); }

}  // namespace tocsin::cli
