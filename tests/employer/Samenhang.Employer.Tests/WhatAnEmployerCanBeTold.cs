using System.Reflection;
using Google.Protobuf.Reflection;
using Samenhang.Api;
using Samenhang.Language;
using Samenhang.Messages.Employer;
using Samenhang.Protos.Employer.V1;
using Own = Samenhang.Messages.Employer;
using Wire = Samenhang.Protos.Employer.V1;

namespace Samenhang.Employer.Tests;

/// <summary>The types themselves keep medical facts from an employer: there is no place for one.</summary>
public sealed class WhatAnEmployerCanBeTold
{
    private static readonly Vocabulary Vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);

    public static TheoryData<string> ContractMessages => [.. Reached().Keys];

    public static TheoryData<string> MessageTypes => [.. ReachedTypes().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(ContractMessages))]
    public void Every_field_of_the_contract_stands_on_the_allow_list(string message)
    {
        Assert.True(AllowList.Contract.ContainsKey(message), $"{message} is no message of the allow-list");
        Assert.Equal(AllowList.Contract[message].Order(), Reached()[message].Fields.InDeclarationOrder().Select(field => field.Name).Order());
    }

    [Theory]
    [MemberData(nameof(MessageTypes))]
    public void Every_member_of_the_bus_messages_stands_on_the_allow_list(string type)
    {
        var members = ReachedTypes().Single(reached => reached.Name == type).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(member => member.Name);

        Assert.True(AllowList.Messages.ContainsKey(type), $"{type} is no message of the allow-list");
        Assert.Equal(AllowList.Messages[type].Order(), members.Order());
    }

    [Fact]
    public void Every_field_about_an_absence_has_a_reason_to_be_there()
    {
        Assert.Equal(AllowListOfAbsence.Contract.Values.SelectMany(fields => fields).Distinct().Order(), AllowListOfAbsence.Why.Keys.Order());
        Assert.All(AllowListOfAbsence.Why.Values.Concat(AllowListOfAbsence.Message.Values), Assert.NotEmpty);
    }

    [Fact]
    public void What_the_company_physician_alone_records_is_in_nothing_that_the_line_reads()
    {
        var line = Reached(EmployerService.Descriptor, AbsenceService.Descriptor);

        Assert.Empty(line.Keys.Intersect(AllowListOfAbsence.PhysicianOnly));
        Assert.Subset(Reached(CompanyPhysicianService.Descriptor).Keys.ToHashSet(), AllowListOfAbsence.PhysicianOnly.ToHashSet());
        Assert.DoesNotContain(line.Values.SelectMany(message => message.Fields.InDeclarationOrder()), field => field.Name.Contains("align", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void No_field_about_an_absence_can_hold_a_story()
    {
        var texts = new[] { AbsenceService.Descriptor, CompanyPhysicianService.Descriptor }.SelectMany(service => Reached(service).Values)
            .SelectMany(message => message.Fields.InDeclarationOrder()).Where(field => field.FieldType is FieldType.String or FieldType.Bytes).Select(field => field.Name);

        // Those of a term are answers only, and come from the list of terms.
        string[] ofTheList = ["owner", "rule_ids", "source", "term_id", "title_nl"];
        Assert.Equal(["absence_id", "case_pseudonym", "personnel_number", "request_id"], texts.Distinct().Except(ofTheList).Order());
        Assert.All(ofTheList, name => Assert.NotNull(AbsenceTerm.Descriptor.FindFieldByName(name)));
        Assert.DoesNotContain(
            Reached(AbsenceService.Descriptor).Where(message => message.Key.EndsWith("Request", StringComparison.Ordinal)).SelectMany(message => message.Value.Fields.InDeclarationOrder()),
            field => ofTheList.Contains(field.Name));
    }

    [Fact]
    public void No_name_in_contract_or_messages_speaks_of_health_money_or_home()
    {
        var names = Reached().Values.SelectMany(message => message.Fields.InDeclarationOrder().Select(field => field.Name)
                .Concat(message.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Enum).SelectMany(field => field.EnumType.Values.Select(value => value.Name))))
            .Concat(ReachedTypes().SelectMany(type => type.GetProperties().Select(member => member.Name)))
            .Concat(ReachedTypes().SelectMany(type => type.GetProperties()).SelectMany(member => MemberTypes(member.PropertyType)).Where(type => type.IsEnum).SelectMany(Enum.GetNames));

        // The judgement on what work is possible is the company physician's; the employer knows that it is asked.
        var wrong = names.Distinct().Where(name => name is not ("NEED_WORD_LABOUR_MEDICAL_JUDGEMENT" or "LabourMedicalJudgement")
            && AllowList.Forbidden.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_work_fact_is_one_that_the_vocabulary_shows_to_an_employer_and_never_a_medical_one()
    {
        Assert.All(AllowList.WorkFacts.Values, id =>
        {
            var fact = Vocabulary.FactById[id];
            Assert.True(fact.VisibleTo.Contains("employer"), id);
            Assert.NotEqual("medical", fact.Sensitivity);
        });
        var visible = Vocabulary.Facts.Where(fact => fact.VisibleTo.Contains("employer") && fact.Level == FactLevel.Client).Select(fact => fact.Id);
        Assert.Equal(visible.Order(), AllowList.WorkFacts.Values.Order());
    }

    [Fact]
    public void Closed_lists_are_those_of_the_vocabulary()
    {
        Assert.Equal(Vocabulary.EmployerNeeds.Keys.Order(), Codes<Own.NeedWord>.All.Order());
        Assert.Equal(Vocabulary.Schemes.Values.Where(scheme => scheme.Service == "employer").Select(scheme => scheme.Id).Order(), Codes<Own.EmployerScheme>.All.Order());
        Assert.Equal(Vocabulary.Visibility["employer"].Events.Order(), Codes<Own.WvpStep>.All.Order());
        Assert.Equal(Vocabulary.FactById["work.status"].Values!.Order(), Codes<Own.WorkStatus>.All.Order());
        Assert.Equal(Vocabulary.FactById["work.adviceClass"].Values!.Order(), Codes<Own.AdviceClass>.All.Order());
        Assert.Equal(Vocabulary.FactById["coverage.zvwTitle"].Values!.Order(), Codes<Own.InsuranceTitle>.All.Order());
        Assert.Equal(Vocabulary.ProvisionStatus.Order(), Codes<Own.TrackStatus>.All.Order());
        Assert.Equal(Vocabulary.PartyRoles.Values.Where(role => role.Service == "employer").Select(role => role.Id).Order(), Codes<Own.EmployerRole>.All.Order());
        Assert.Subset(Vocabulary.EventTypes.ToHashSet(), Codes<Own.AbsenceStep>.All.ToHashSet());
        Assert.Subset(Vocabulary.FactById["prov.refusalReason"].Values!.ToHashSet(), Codes<Own.RefusalReason>.All.ToHashSet());
        Assert.DoesNotContain("condition-of-client", Codes<Own.RefusalReason>.All);
    }

    [Fact]
    public void Contract_and_messages_have_the_same_lists()
    {
        Same<Own.WorkStatus, Wire.WorkStatus>();
        Same<Own.AdviceClass, Wire.AdviceClass>();
        Same<Own.NeedWord, Wire.NeedWord>();
        Same<Own.InsuranceTitle, Wire.InsuranceTitle>();
        Same<Own.EmployerScheme, Wire.EmployerScheme>();
        Same<Own.TrackStatus, Wire.TrackStatus>();
        Same<Own.RefusalReason, Wire.RefusalReason>();
        Same<Own.WvpStep, Wire.WvpStep>();
        Same<Own.EmployerRole, Wire.EmployerRole>();
        Same<Absences.ExpectedDuration, Wire.ExpectedDuration>();
        Same<Absences.DeviationReason, Wire.DeviationReason>();
        Assert.Subset(Enum.GetNames<Own.AbsenceStep>().ToHashSet(), Enum.GetNames<Wire.AbsenceMilestone>().Where(name => name != "Unspecified").ToHashSet());

        static void Same<TOwn, TWire>()
            where TOwn : struct, Enum
            where TWire : struct, Enum
        {
            Assert.Equal(Enum.GetNames<TOwn>().Order(), Enum.GetNames<TWire>().Where(name => name != "Unspecified").Order());
            Assert.All(Enum.GetValues<TOwn>(), member => Assert.Equal(member, WireLists.ToOwn<TWire, TOwn>(WireLists.ToWire<TOwn, TWire>(member))));
        }
    }

    private static Dictionary<string, MessageDescriptor> Reached() => Reached(EmployerService.Descriptor, AbsenceService.Descriptor, CompanyPhysicianService.Descriptor);

    private static Dictionary<string, MessageDescriptor> Reached(params ServiceDescriptor[] services)
    {
        var reached = new Dictionary<string, MessageDescriptor>();
        foreach (var method in services.SelectMany(service => service.Methods))
        {
            Walk(method.InputType);
            Walk(method.OutputType);
        }

        return reached;

        void Walk(MessageDescriptor message)
        {
            if (reached.TryAdd(message.Name, message))
            {
                foreach (var field in message.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message))
                {
                    Walk(field.MessageType);
                }
            }
        }
    }

    private static List<Type> ReachedTypes()
    {
        var reached = new List<Type>();
        foreach (var message in new[] { typeof(AskEmployerCoverage), typeof(EmployerCoverageAnswered), typeof(EmployerProvisionChanged), typeof(EmployerAbsenceChanged) })
        {
            Walk(message);
        }

        return reached;

        void Walk(Type type)
        {
            if (type.Namespace?.StartsWith("Samenhang", StringComparison.Ordinal) == true && !type.IsEnum && !reached.Contains(type))
            {
                reached.Add(type);
                foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(member => MemberTypes(member.PropertyType)))
                {
                    Walk(member);
                }
            }
        }
    }

    private static IEnumerable<Type> MemberTypes(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(MemberTypes) : [type];
}
