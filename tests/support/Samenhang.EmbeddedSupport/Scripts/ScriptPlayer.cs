using Google.Protobuf;
using Google.Protobuf.Reflection;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.EmbeddedSupport.Scripts;

/// <summary>
/// Makes the requests of <c>tests/stories/every-change.md</c>: the calls with which a case comes to everything that can happen to one. What the
/// script leaves open is filled in: ids of the request and of the case, items of the newest plan, and texts that must be there.
/// </summary>
/// <param name="items">Knows the plan.</param>
/// <param name="named">The ids of the case: <c>case</c>, a service for its pseudonym, and under <c>need:</c>, <c>provision:</c> and <c>party:</c> those of its items.</param>
internal sealed class ScriptPlayer(PlanItems items, IReadOnlyDictionary<string, string> named)
{
    private static readonly HashSet<string> MustBeThere = ["reason", "question", "answer", "assignee", "text", "about", "organisation", "note"];

    private readonly Dictionary<string, string> kept = new(named);

    /// <summary>The steps.</summary>
    public static IReadOnlyList<ScriptStep> Steps { get; } = Script.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "every-change.md"))).Steps;

    /// <summary>A file of a case, as somebody would hand it in.</summary>
    public static ByteString CaseFile { get; } = ByteString.CopyFrom(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "case.json")));

    /// <summary>The request of a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="method">Its method.</param>
    /// <param name="today">The day of its step.</param>
    /// <param name="textFor">A text for a field that must have one.</param>
    public async Task<IMessage> RequestAsync(ScriptCall call, MethodDescriptor method, DateOnly today, Func<FieldDescriptor, string> textFor)
    {
        var request = new RequestBuilder(today, Named).Build(method.InputType, WithTheObvious(call.Fields, method));
        if (PlanItems.AreAskedBy(method))
        {
            await items.RefreshAsync();
            items.Fill(request);
        }

        if (request is ReadCaseFileRequest file)
        {
            file.Content = CaseFile;
        }

        FillTexts(request, textFor);
        return request;
    }

    /// <summary>Remembers of a reply what later calls name.</summary>
    public void Keep(ScriptCall call, IMessage reply)
    {
        if (call is { Keeps: { } name, Path: { } path })
        {
            kept[name] = (string)path.Split('.').Aggregate((object)reply, (value, part) => ((IMessage)value).Descriptor.FindFieldByName(part).Accessor.GetValue((IMessage)value));
        }
    }

    private static void FillTexts(IMessage message, Func<FieldDescriptor, string> textFor)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => !field.IsMap))
        {
            var value = field.Accessor.GetValue(message);
            if (field is { FieldType: FieldType.String, IsRepeated: false } && MustBeThere.Contains(field.Name) && value is "")
            {
                field.Accessor.SetValue(message, textFor(field));
            }
            else if (field.FieldType == FieldType.Message && field.MessageType.File == WorkContent.Descriptor.File)
            {
                foreach (var part in field.IsRepeated ? ((System.Collections.IEnumerable)value).OfType<IMessage>() : value is IMessage inner ? [inner] : [])
                {
                    FillTexts(part, textFor);
                }
            }
        }
    }

    private static Words.Fields WithTheObvious(Words.Fields given, MethodDescriptor method)
    {
        var obvious = new (string Name, string Value)[] { ("request_id", Requests.NewId()), ("case_id", "$case"), ("case_pseudonym", "$" + method.File.Package.Split('.')[1]) };
        return new([
            .. obvious.Where(field => method.InputType.FindFieldByName(field.Name) is not null && given.Items.All(item => item.Name != field.Name))
                .Where(field => field.Name != "case_pseudonym" || given.Items.All(item => item.Name != "path_id"))
                .Select(field => (field.Name, (Words)new Words.Text(field.Value))),
            .. given.Items,
        ]);
    }

    // When the call that would have kept it was refused, this one will be too, and both are told.
    private string Named(string name) => kept.GetValueOrDefault(name, $"no-{name.Replace(':', '-')}");
}
