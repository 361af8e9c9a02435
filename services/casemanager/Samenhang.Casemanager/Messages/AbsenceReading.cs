using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;
using Samenhang.Messages.Employer;

namespace Samenhang.Casemanager.Messages;

/// <summary>An absence in the words of the case.</summary>
internal static class AbsenceReading
{
    /// <summary>What the employer's side said; what it does not know yet is not in it.</summary>
    public static RecordNews Read(EmployerAbsenceChanged changed)
    {
        var facts = new Dictionary<string, Value>
        {
            ["work.sickListed"] = Value.Of(changed.SickListed),
            ["work.firstSickDay"] = Value.Of(changed.FirstSickDay),
        };
        Known("work.arboReportedOn", changed.ArboReportedOn);
        Known("work.planVanAanpakOn", changed.PlanVanAanpakOn);
        Known("work.uwvReportedOn", changed.UwvReportedOn);
        Answered("work.bedrijfsartsEngaged", changed.BedrijfsartsEngaged);
        Answered("work.openConsultation", changed.OpenConsultation);
        Answered("work.wageSanction", changed.WageSanction);
        if (changed.AdviceClasses is { } classes)
        {
            facts["work.adviceClass"] = Value.SetOf(classes.Select(Codes<AdviceClass>.Of));

            // A new advice is not answered yet: the answer to the one before it is taken back.
            facts["work.adviceFollowed"] = changed.AdviceFollowed is { } followed ? Value.Of(followed) : Value.Unknown;
            facts["work.deviationReasoned"] = changed.DeviationReasoned is { } reasoned ? Value.Of(reasoned) : Value.Unknown;
        }

        return new RecordNews { Facts = facts, Events = [.. changed.Steps.Select(taken => new CaseEvent { Type = Codes<AbsenceStep>.Of(taken.Step), Date = taken.Date })] };

        void Known(string fact, DateOnly? day)
        {
            if (day is { } known)
            {
                facts[fact] = Value.Of(known);
            }
        }

        void Answered(string fact, bool? answer)
        {
            if (answer is { } known)
            {
                facts[fact] = Value.Of(known);
            }
        }
    }
}
