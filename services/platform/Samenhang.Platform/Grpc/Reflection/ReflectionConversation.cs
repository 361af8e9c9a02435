using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Kind = Grpc.Reflection.V1.ServerReflectionRequest.MessageRequestOneofCase;

namespace Samenhang.Platform.Grpc.Reflection;

/// <summary>
/// One reflection stream: answers each request in turn. A file goes with the files that it imports; one that this stream has sent
/// already is not sent along again.
/// </summary>
internal sealed class ReflectionConversation(ServedServices services, ReflectedFiles files)
{
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case Kind.ListServices:
                response.ListServicesResponse = new ListServiceResponse
                {
                    Service = { services.All.Select(service => new ServiceResponse { Name = service.FullName }) },
                };
                break;
            case Kind.FileByFilename:
                AnswerFile(response, files.ByName(request.FileByFilename), "file");
                break;
            case Kind.FileContainingSymbol:
                AnswerFile(response, files.BySymbol(request.FileContainingSymbol), "symbol");
                break;
            case Kind.FileContainingExtension:
                var wanted = request.FileContainingExtension;
                AnswerFile(response, files.ByExtension(wanted.ContainingType, wanted.ExtensionNumber), "extension");
                break;
            case Kind.AllExtensionNumbersOfType:
                if (files.ExtensionNumbers(request.AllExtensionNumbersOfType) is { } numbers)
                {
                    response.AllExtensionNumbersResponse = new ExtensionNumberResponse
                    {
                        BaseTypeName = request.AllExtensionNumbersOfType, ExtensionNumber = { numbers },
                    };
                }
                else
                {
                    response.ErrorResponse = NotFound("message");
                }

                break;
            case Kind.None:
            default:
                response.ErrorResponse = new ErrorResponse
                {
                    ErrorCode = (int)StatusCode.InvalidArgument, ErrorMessage = "The request asks for nothing that this server knows.",
                };
                break;
        }

        return response;
    }

    private static ErrorResponse NotFound(string what) =>
        new() { ErrorCode = (int)StatusCode.NotFound, ErrorMessage = $"This server does not know that {what}." };

    private void AnswerFile(ServerReflectionResponse response, FileDescriptor? file, string what)
    {
        if (file is null)
        {
            response.ErrorResponse = NotFound(what);
            return;
        }

        var answer = new FileDescriptorResponse();
        answer.FileDescriptorProto.Add(file.SerializedData);
        _sent.Add(file.Name);
        var imports = new Queue<FileDescriptor>(file.Dependencies);
        while (imports.TryDequeue(out var import))
        {
            if (_sent.Add(import.Name))
            {
                answer.FileDescriptorProto.Add(import.SerializedData);
                foreach (var further in import.Dependencies)
                {
                    imports.Enqueue(further);
                }
            }
        }

        response.FileDescriptorResponse = answer;
    }
}
