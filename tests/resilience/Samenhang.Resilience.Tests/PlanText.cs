using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Resilience.Tests;

/// <summary>A plan as text without what differs between two cases with the same content: the name of the case and the moments.</summary>
internal static class PlanText
{
    public static string Of(string caseId, Plan plan)
    {
        var copy = plan.Clone();
        Forget(copy);
        return copy.ToString().Replace(caseId, "this case", StringComparison.Ordinal);
    }

    private static void Forget(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.FieldType != FieldType.Message || field.IsMap)
            {
                continue;
            }

            if (field.MessageType.FullName == Timestamp.Descriptor.FullName)
            {
                field.Accessor.Clear(message);
            }
            else if (field.IsRepeated)
            {
                foreach (var item in (System.Collections.IList)field.Accessor.GetValue(message))
                {
                    Forget((IMessage)item!);
                }
            }
            else if (field.Accessor.GetValue(message) is IMessage part)
            {
                Forget(part);
            }
        }
    }
}
