package org.studygate.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.Buffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// What depends on what, below one root package in which some packages are functions and the others
/// features of `shared`.
final class Rules {
  private static final String AWS = "software.amazon.awssdk..";
  private static final String DICOM_LIBRARY = "org.dcm4che3..";

  /// Classes whose name says that they speak to AWS, and the helpers of the stores.
  private static final String SPEAKS_TO_AWS =
      ".*\\.dynamo\\..*"
          + "|.*\\.((Dynamo|S3|Sqs|Aws)\\w*|SecretsManager|\\w*Items?|\\w*Handler|Wiring|Stores)(\\$.*)?";

  /// The one class that names stores: functions ask it for what they need, and see interfaces.
  private static final String STORES = "wiring.Stores";

  private final String root;
  private final List<String> functions;

  Rules(String root, List<String> functions) {
    this.root = root + ".";
    this.functions = functions;
  }

  Map<String, ArchRule> all() {
    var rules = new LinkedHashMap<String, ArchRule>();
    rules.put("static fields are final", staticFieldsAreFinal());
    rules.put("static fields hold nothing that can change", staticFieldsHoldNothingThatChanges());
    rules.put("nothing that can change is made for a static field", nothingIsMadeThatChanges());
    rules.put("clock and randomness come through constructors", clockAndRandomnessAreGiven());
    rules.put("no AWS type in a use case", noAwsInAUseCase());
    rules.put("the DICOM library stays in its room", dicomLibraryStaysInItsRoom());
    rules.put("functions see no store", functionsSeeNoStore());
    rules.put("a store is known to its own feature", storesBelongToTheirFeature());
    rules.put("features do not know each other in circles", noCircles());
    rules.put("shared knows no function", sharedKnowsNoFunction());
    rules.put("functions do not know each other", functionsDoNotKnowEachOther());
    rules.put("handlers are public, final and can be given a platform", handlers());
    return rules;
  }

  private static ArchRule staticFieldsAreFinal() {
    return fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .beFinal();
  }

  private static ArchRule staticFieldsHoldNothingThatChanges() {
    var array =
        new DescribedPredicate<JavaClass>("arrays") {
          @Override
          public boolean test(JavaClass type) {
            return type.isArray();
          }
        };
    return fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .notHaveRawType(array.or(changing()).as("something that can change"));
  }

  /// `static final Map<…> X = new HashMap<>()`: the type does not tell, the making does.
  private static ArchRule nothingIsMadeThatChanges() {
    return classes()
        .should(
            new ArchCondition<JavaClass>("make nothing that can change for a static field") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getStaticInitializer().stream()
                    .flatMap(making -> making.getConstructorCallsFromSelf().stream())
                    .filter(call -> !call.isDeclaredInLambda())
                    .filter(call -> changing().test(call.getTargetOwner()))
                    .forEach(
                        call ->
                            events.add(SimpleConditionEvent.violated(type, call.getDescription())));
              }
            });
  }

  private static DescribedPredicate<JavaClass> changing() {
    return assignableTo(AbstractCollection.class)
        .or(assignableTo(AbstractMap.class))
        .or(assignableTo(StringBuilder.class))
        .or(assignableTo(Buffer.class))
        .or(assignableTo(BitSet.class))
        .or(assignableTo(Date.class))
        .or(assignableTo(Calendar.class))
        .or(assignableTo(RandomGenerator.class))
        .or(assignableTo(ThreadLocal.class))
        .or(assignableTo(ExecutorService.class))
        .or(resideInAPackage("java.util.concurrent.atomic.."));
  }

  /// Everything of `java.time` that reads a clock without being given one, and every source of
  /// chance; by call and by method reference. `Platform` picks the real ones.
  private ArchRule clockAndRandomnessAreGiven() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(root + "platform.Platform")
        .should()
        .accessTargetWhere(
            new DescribedPredicate<JavaAccess<?>>("it reads the clock or draws by chance") {
              @Override
              public boolean test(JavaAccess<?> access) {
                return access.getTarget() instanceof CodeUnitAccessTarget target
                    && (readsClock(target) || draws(target));
              }
            });
  }

  private static boolean readsClock(CodeUnitAccessTarget target) {
    var owner = target.getOwner();
    var given =
        target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    return switch (target.getName()) {
      case "now" -> owner.getPackageName().startsWith("java.time") && !given;
      case "currentTimeMillis", "nanoTime" -> owner.isEquivalentTo(System.class);
      case "getInstance" -> owner.isAssignableTo(Calendar.class);
      case "<init>" -> owner.isAssignableTo(Date.class) && target.getRawParameterTypes().isEmpty();
      default -> owner.isEquivalentTo(Clock.class) && target.getName().startsWith("system");
    };
  }

  private static boolean draws(CodeUnitAccessTarget target) {
    var owner = target.getOwner();
    return switch (target.getName()) {
      case "random" -> owner.isEquivalentTo(Math.class);
      case "randomUUID" -> owner.isEquivalentTo(UUID.class);
      case "<init>" -> owner.isAssignableTo(Random.class);
      case "current" -> owner.isEquivalentTo(ThreadLocalRandom.class);
      case "getInstance", "getInstanceStrong" -> owner.isEquivalentTo(SecureRandom.class);
      case "of", "getDefault" -> owner.isEquivalentTo(RandomGenerator.class);
      default -> false;
    };
  }

  /// In functions and in `shared` alike; what speaks to AWS says so by its name.
  private static ArchRule noAwsInAUseCase() {
    return noClasses()
        .that()
        .haveNameNotMatching(SPEAKS_TO_AWS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(AWS);
  }

  /// The walker asks its dictionary, so that both see the same sequences; de-identification changes
  /// what was read, and has it written.
  private ArchRule dicomLibraryStaysInItsRoom() {
    return noClasses()
        .that(resideOutsideOfPackages(root + "dicom.header", root + "dicom.deidentify"))
        .and()
        .doNotHaveFullyQualifiedName(root + "dicom.guard.Vr")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(DICOM_LIBRARY);
  }

  private ArchRule functionsSeeNoStore() {
    return noClasses()
        .that()
        .resideInAnyPackage(functionPackages())
        .should()
        .dependOnClassesThat(store());
  }

  /// Other features see the interface. A store may take a step of another one into its transaction,
  /// since an invariant over two tables is one write.
  private ArchRule storesBelongToTheirFeature() {
    return noClasses()
        .that(resideOutsideOfPackages(functionPackages()))
        .and()
        .haveNameNotMatching(".*\\.Dynamo\\w*(\\$.*)?")
        .and()
        .doNotHaveFullyQualifiedName(root + STORES)
        .should(
            new ArchCondition<JavaClass>("depend on the store of another feature") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                for (var one : type.getDirectDependenciesFromSelf()) {
                  var target = one.getTargetClass();
                  var foreign = !target.getPackageName().equals(type.getPackageName());
                  if (foreign && store().test(target)) {
                    events.add(SimpleConditionEvent.satisfied(type, one.getDescription()));
                  }
                }
              }
            });
  }

  /// Nested types included: `DynamoOrders.Row` is as much inside as `DynamoOrders`.
  private DescribedPredicate<JavaClass> store() {
    return new DescribedPredicate<>("are stores") {
      @Override
      public boolean test(JavaClass type) {
        return nameIn(type).matches("\\w+\\.Dynamo\\w*(\\$.*)?");
      }
    };
  }

  private ArchRule noCircles() {
    return slices().matching(root + "(*)..").should().beFreeOfCycles();
  }

  private ArchRule sharedKnowsNoFunction() {
    return noClasses()
        .that(resideOutsideOfPackages(functionPackages()))
        .should()
        .dependOnClassesThat(resideInAnyPackage(functionPackages()));
  }

  private ArchRule functionsDoNotKnowEachOther() {
    return slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return functions.stream()
                    .filter(name -> type.getPackageName().equals(root + name))
                    .findFirst()
                    .map(SliceIdentifier::of)
                    .orElseGet(SliceIdentifier::ignore);
              }

              @Override
              public String getDescription() {
                return "functions";
              }
            })
        .should()
        .notDependOnEachOther();
  }

  private ArchRule handlers() {
    return classes()
        .that()
        .resideInAnyPackage(functionPackages())
        .and()
        .haveSimpleNameEndingWith("Handler")
        .should()
        .bePublic()
        .andShould()
        .haveModifier(JavaModifier.FINAL)
        .andShould(
            new ArchCondition<JavaClass>("have public constructors without and with a platform") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                var given =
                    type.getConstructors().stream()
                        .filter(one -> one.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(
                            one ->
                                one.getRawParameterTypes().stream().map(JavaClass::getSimpleName))
                        .map(Stream::toList)
                        .collect(toSet());
                if (!given.equals(Set.of(List.of(), List.of("Platform")))) {
                  events.add(SimpleConditionEvent.violated(type, type.getName() + " has " + given));
                }
              }
            });
  }

  private String[] functionPackages() {
    return functions.stream().map(name -> root + name).toArray(String[]::new);
  }

  /// `access.Bucket` of `org.studygate.access.Bucket`.
  private String nameIn(JavaClass type) {
    var name = type.getName();
    return name.startsWith(root) ? name.substring(root.length()) : name;
  }
}
